"""Adding GeoNames dumps: files in that format, written here, into gazetteers of a few places."""

from __future__ import annotations

import http.server
import signal
import sqlite3
import subprocess
import sys
import threading
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.commands.gazetteer import is_current, note_inputs
from geodata.errors import FetchError, GazetteerError, UnsafeAddressError
from geodata.event import Precision
from geodata.gazetteer import Gazetteer, build
from geodata.gazetteer.entries import Entry, NameSource
from geodata.gazetteer.geonames_download import check_dump_address, download
from geodata.gazetteer.geonames_dump import add_geonames
from geodata.gazetteer.geonames_features import feature, is_gone
from geodata.gazetteer.geonames_rows import BrokenLineError, dump_row
from geodata.gazetteer.priors import set_priors
from geodata.reading.candidates import CandidateFinder
from geodata.reading.native_names import native_sightings
from geodata.regions import regions
from geodata.settings import settings


def line(number, name, lat, lon, code, country="IQ", *, alternates="", admin1="", admin2="", people=0, others=""):  # noqa: PLR0917 - columns in their order
    feature_class, _, feature_code = code.partition(".")
    columns = (number, name, name, alternates, lat, lon, feature_class, feature_code, country, others, admin1, admin2, "", "", people, "", 100, "Asia/Baghdad", "2024-01-01")  # fmt: skip
    return "\t".join(map(str, columns))


KIRKUK = line(
    94787, "Kirkūk", 35.468, 44.392, "P.PPLA", alternates="Kerkuk,Karkuk al Madinah,كركوك,KIK", admin1="13", people=5
)
ROWS = [
    KIRKUK,
    line(1001, "Baba Gurgur", 35.53, 44.34, "L.OILF", alternates="Babagurgur,بابا كركر", admin1="13"),
    line(1002, "Sadd al Mawşil", 36.63, 42.82, "S.DAM", alternates="Mosul Dam,سد الموصل", admin1="15"),
    line(1003, "Tall Ward", 35.35, 43.75, "P.PPL", alternates="Tel Ward,تل ورد", admin1="13"),
    line(1004, "Tall Ward", 36.02, 37.21, "P.PPL", "SY", admin1="09"),
    line(1005, "Jabal Ḩamrīn", 34.9, 44.0, "T.MTS", alternates="Hamrin Mountains"),
    line(1006, "Nahr Dijlah", 35.0, 43.5, "H.STM", alternates="Tigris", others="IQ,SY,TR"),
    line(1007, "Nahr az Zāb", 35.2, 43.4, "H.STM", others="IQ,TR"),
    line(1008, "Wādī Ḩawrān", 33.9, 42.5, "H.STMI"),
    line(1009, "Qaryat Qadim", 35.1, 43.1, "P.PPLQ"),
    line(1010, "Ancient Kirkuk", 35.1, 43.1, "P.PPLH"),
    line(1011, "Kanīsat Mār Yūsuf", 33.31, 44.42, "S.CH"),
    line(1012, "Qaḑā’ al Ḩawījah", 35.3, 43.8, "A.ADM2", alternates="Hawija District", admin1="13", admin2="13004"),
    line(1013, "Muḩāfaz̧at Kirkūk", 35.4, 44.2, "A.ADM1", admin1="13", alternates="At Tamim"),
    line(1014, "Nāḩiyat al ‘Abbāsī", 35.3, 43.6, "A.ADM3", admin1="13"),
    line(1015, "Republic of Iraq", 33.0, 44.0, "A.PCLI", people=40_000_000),
    line(1016, "Ḩayy al Nūr", 35.46, 44.4, "P.PPLX", admin1="13", people=900_000),
    line(1017, "Madīnat Jadīd", 35.9, 43.9, "P.PPL", admin1="13", people=45_000),
    line(1018, "Rabia", 36.80, 42.10, "P.PPL", alternates="Rabi`ah al Gharbiyah", admin1="15", people=900),
    line(1019, "Al Walīd", 33.43, 38.93, "S.CTRB", alternates="Walid Border Post"),
    line(1020, "Kerkuk", 34.0, 45.0, "P.PPL"),
    line(1021, "Ankara", 39.92, 32.85, "P.PPLC", "TR", people=3_500_000),
]  # fmt: skip
BROKEN = ["no tabs at all", KIRKUK.rsplit("\t", 3)[0], line(1, "Nowhere", "north", 44, "P.PPL"), line(2, "Off", 95, 44, "P.PPL"),
          line("x", "No id", 35, 44, "P.PPL"), line(3, "", 35, 44, "P.PPL"), line(4, "People", 35, 44, "P.PPL", people="many"),
          line(5, "Nan", "nan", 44, "P.PPL")]  # fmt: skip


def entry(place_id, name, lat, lon, kind, precision, *others, country="IQ", admin1="", people=0):  # noqa: PLR0917 - columns in their order
    made = Entry(id=place_id, name=name, lat=lat, lon=lon, country=country, admin1=admin1, precision=Precision(precision), kind=kind, population=people, curated=place_id.startswith("cm:"))  # fmt: skip
    made.add(name, NameSource.MAIN)
    for other in others:
        made.add(other, NameSource.CURATED)
    return made


@pytest.fixture
def path(tmp_path):
    entries = [
        entry("iso:IQ", "Iraq", 33, 44, "country", "country", people=40_000_000),
        entry("iso:SY", "Syria", 35, 38, "country", "country", country="SY", people=20_000_000),
        entry("iso:IQ-KI", "Kirkuk", 35.4, 44.1, "province", "province", admin1="IQ-KI"),
        entry("adm2:IQ.13.13004", "Hawija", 35.32, 43.77, "district", "district", admin1="IQ-KI"),
        entry("area:tigris", "Tigris", 34.0, 43.9, "river", "country", "Tigris River", country=""),
        entry("cm:rabia", "Rabia", 36.81, 42.11, "town", "settlement", "Rabiah"),
        entry("cm:eastern-ghouta", "Eastern Ghouta", 33.5, 36.4, "region", "district", "Ghouta", country="SY"),
        entry("cm:mosul-dam", "Mosul Dam", 36.63, 42.823, "dam", "site"),
        entry("gn:94787", "Kirkuk", 35.468, 44.392, "city", "settlement", admin1="IQ-KI", people=900_000),
    ]
    set_priors(entries)
    target = tmp_path / "gazetteer.sqlite"
    build._write(target, sorted(entries, key=lambda e: e.id), {"gn:777": "cm:rabia"}, lambda _words, _part: None)
    return target


@pytest.fixture
def dump(tmp_path):
    def make(*rows, name="IQ.txt", encoding="utf-8"):
        content = "".join(f"{row}\n" for row in rows or ROWS).encode(encoding)
        file = tmp_path / name
        if file.suffix == ".zip":
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("readme.txt", "x" * 100_000)
                archive.writestr(f"{file.stem}.txt", content)
        else:
            file.write_bytes(content)
        return str(file)

    return make


def best(path, name, **kwargs):
    found = Gazetteer(path).search(name, **kwargs)
    return found[0].place if found else None


def test_places_of_all_kinds_are_found_by_all_their_names(path, dump):
    report = add_geonames(path, ["iq", "SY"], [dump()])
    assert (report.rows, report.gone, report.broken, report.folded) == (21, 2, 0, 3)
    assert report.changed
    assert report.problems == []
    for name, kind, precision in [
        ("Baba Gurgur", "oil field", "district"), ("Babagurgur", "oil field", "district"), ("بابا كركر", "oil field", "district"),
        ("Jabal Hamrin", "mountains", "district"), ("Hamrin Mountains", "mountains", "district"),
        ("Wadi Hawran", "wadi", "district"), ("Nahr az Zab", "river", "country"), ("Al-Walid", "border crossing", "site"),
        ("Kanisat Mar Yusuf", "church", "site"), ("Hayy al-Nur", "neighbourhood", "site"),
        ("Nahiyat al Abbasi", "subdistrict", "district"), ("Madinat Jadid", "town", "settlement"),
    ]:  # fmt: skip
        place = best(path, name)
        assert (place.kind, place.precision) == (kind, precision), name
    assert best(path, "Jabal Ḩamrīn").name == "Jabal Hamrin"  # as the build shows names of that country
    assert best(path, "Nur", country="IQ") is None or best(path, "Hayy al Nur").population == 0


def test_homonyms_stay_two_places_each_in_its_country_and_province(path, dump):
    add_geonames(path, ["IQ", "SY"], [dump()])
    found = {c.place.id: c.place for c in Gazetteer(path).search("Tall Ward")}
    assert {p: (f.country, f.admin1, f.kind) for p, f in found.items()} == {
        "gn:1003": ("IQ", "IQ-KI", "village"),
        "gn:1004": ("SY", regions().of_geonames("SY.09"), "village"),
    }
    assert best(path, "تل ورد").id == "gn:1003"


def test_what_is_there_keeps_all_but_gets_new_names(path, dump):
    before = Gazetteer(path).get("gn:94787")
    add_geonames(path, ["IQ"], [dump()])
    assert Gazetteer(path).get("gn:94787") == before
    assert best(path, "Karkuk al Madinah").id == "gn:94787"
    assert best(path, "كركوك").id == "gn:94787"
    assert best(path, "KIK") is None  # an airport's code
    assert best(path, "Kirkuk").id == "gn:94787"


def test_a_village_of_that_name_does_not_take_it_from_the_city(path, dump):
    add_geonames(path, ["IQ"], [dump()])
    found = Gazetteer(path).search("Kerkuk")
    assert [c.place.id for c in found][:2] == ["gn:94787", "gn:1020"]
    assert found[0].quality < found[1].quality  # the city's alternate name is the village's own: trusted less


def test_curated_places_win_and_lend_their_ids(path, dump):
    add_geonames(path, ["IQ"], [dump()])
    gazetteer = Gazetteer(path)
    dam = gazetteer.get("gn:1002")
    assert (dam.id, dam.name, dam.lon) == ("cm:mosul-dam", "Mosul Dam", 42.823)
    assert best(path, "سد الموصل").id == "cm:mosul-dam"
    assert [c.place.id for c in gazetteer.search("Rabia")] == ["cm:rabia"]
    assert gazetteer.get("gn:1018").id == gazetteer.get("gn:777").id == "cm:rabia"
    assert best(path, "Rabiah al Gharbiyah").id == "cm:rabia"
    assert gazetteer.get("gn:1006").id == "area:tigris"


def test_a_hamlet_does_not_take_the_name_of_a_curated_place(path, dump):
    rows = [
        line(3000 + n, "Ghouta", 33 + n, 38, code, "SY") for n, code in enumerate(("P.PPL", "T.HLL", "S.FRM", "H.WLL"))
    ]
    add_geonames(path, ["SY"], [dump(*rows)])
    found = [c.place.id for c in Gazetteer(path).search("Ghouta")]
    assert found[0] == "cm:eastern-ghouta"
    assert len(found) == 5


def test_a_record_that_was_folded_when_it_was_built_stays_so(path, dump):
    add_geonames(path, ["IQ"], [dump(line(777, "Rabia Nowhere Near", 30.1, 47.0, "P.PPL"))])
    assert Gazetteer(path).get("gn:777").id == "cm:rabia"
    assert best(path, "Rabia Nowhere Near").id == "cm:rabia"


def test_countries_provinces_and_districts_that_are_there_are_not_doubled(path, dump):
    add_geonames(path, ["IQ"], [dump()])
    gazetteer = Gazetteer(path)
    assert gazetteer.get("gn:1015").id == "iso:IQ"
    assert gazetteer.get("gn:1013").id == "iso:IQ-KI"
    assert gazetteer.get("gn:1012").id == "adm2:IQ.13.13004"
    assert {c.place.precision for c in gazetteer.search("Hawija District")} == {Precision.DISTRICT}
    assert best(path, "At Tamim") is None


def test_only_the_countries_that_were_asked_for_come_in(path, dump):
    report = add_geonames(path, ["SY"], [dump(name="allCountries.zip")])
    assert (report.rows, report.new) == (1, 1)
    assert best(path, "Ankara") is best(path, "Baba Gurgur") is None
    assert add_geonames(path, ["all"], [dump(name="allCountries.zip")]).countries == ("all",)
    assert best(path, "Ankara").country == "TR"


def test_adding_twice_changes_nothing(path, dump):
    file = dump(*ROWS, *ROWS[:5], name="IQ.zip")
    add_geonames(path, ["IQ", "SY"], [file])
    before = path.read_bytes()
    report = add_geonames(path, ["IQ", "SY"], [file])
    assert not report.changed
    assert (report.places, report.names, report.new) == (0, 0, 0)
    assert path.read_bytes() == before


def test_stats_and_file_say_what_was_added(path, dump):
    report = add_geonames(path, ["IQ"], [dump()])
    stats = Gazetteer(path).stats()
    (note,) = stats["added"]
    assert note["countries"] == ["IQ"]
    assert note["rows"] == 20
    assert note["from"][0].endswith("IQ.txt")
    assert (note["places"], note["names"]) == (report.places, report.names)
    assert any("IQ.txt" in source and "CC BY 4.0" in source for source in stats["sources"])
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM place").fetchone()[0] == stats["places"]
        assert connection.execute("SELECT count(*) FROM name").fetchone()[0] == stats["names"]
        # SQLite 3.40 says this of any table without row ids whose key does not come first; it is not so
        wrong = {row[0] for row in connection.execute("PRAGMA integrity_check")} - {"ok", "NULL value in name.source"}
        assert not wrong
        assert connection.execute("SELECT count(*) FROM name WHERE source IS NULL").fetchone() == (0,)


def test_broken_lines_are_counted_and_told_and_the_rest_is_read(path, dump):
    report = add_geonames(path, ["IQ", "SY"], [dump(*BROKEN, *ROWS, "", "# a comment")])
    assert report.broken == len(BROKEN)
    assert report.rows == 21
    assert any("line 2: 16 columns instead of 19" in problem for problem in report.problems)
    assert any(problem.startswith(f"{len(BROKEN)} lines were left out") for problem in report.problems)
    assert best(path, "Baba Gurgur")


def test_lines_that_are_no_text_or_too_long_are_broken_lines(path, tmp_path):
    file = tmp_path / "IQ.txt"
    good = "\n".join(ROWS).encode()
    file.write_bytes(b"\xef\xbb\xbf" + ROWS[0].encode() + b"\r\n" + ROWS[3].replace("Tall", "T\udcff").encode("utf-8", "surrogateescape") + b"\n" + b"x" * 900_000 + b"\n" + good)  # fmt: skip
    report = add_geonames(path, ["IQ"], [str(file)])
    assert report.broken == 2
    assert best(path, "Tall Ward", country="IQ")


@pytest.mark.parametrize("name", ["IQ.zip", "IQ.txt"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"id,name\n1,Kirkuk\n" * 2000, b"\x00" * 5000])
def test_another_file_is_one_sentence_and_changes_nothing(path, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(GazetteerError, match=r"IQ\.(zip|txt)"):
        add_geonames(path, ["IQ"], [str(tmp_path / name)])
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == [name, "gazetteer.sqlite"]


def test_a_zip_that_was_cut_off_is_one_sentence(path, dump, tmp_path):
    file = dump(name="IQ.zip")
    whole = (tmp_path / "IQ.zip").read_bytes()
    (tmp_path / "IQ.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GazetteerError, match="download it again"):
        add_geonames(path, ["IQ"], [file])


@pytest.mark.parametrize(("codes", "words"), [(["XX"], "“XX” is no country code"), (["IQ", "Iraq", "ZZ"], "are no country codes"), ([], "two-letter"), (["UK"], "UK")])  # fmt: skip
def test_an_unknown_country_is_one_sentence(path, dump, codes, words):
    with pytest.raises(GazetteerError, match=words):
        add_geonames(path, codes, [dump()])


def test_a_country_that_is_not_in_the_file_is_told(path, dump):
    assert "There is nothing of YE in what was read." in add_geonames(path, ["IQ", "YE"], [dump()]).problems


def test_a_folder_gives_the_files_of_the_countries(path, dump, tmp_path):
    dump(*[row for row in ROWS if "\tIQ\t" in row], name="IQ.zip")
    dump(ROWS[4], name="SY.txt")
    assert add_geonames(path, ["IQ", "SY"], [str(tmp_path)]).problems == []
    assert {c.place.country for c in Gazetteer(path).search("Tall Ward")} == {"IQ", "SY"}
    with pytest.raises(GazetteerError, match=r"lacks YE\.zip"):
        add_geonames(path, ["YE"], [str(tmp_path)])
    with pytest.raises(GazetteerError, match="no file or folder"):
        add_geonames(path, ["YE"], [str(tmp_path / "none")])


def test_alternate_names_of_the_other_file_come_too(path, dump):
    names = dump(
        "1\t1003\ten\tTel Ward Village\t1\t\t\t\t\t", "2\t1003\tlink\thttps://example.org/Ward\t\t\t\t\t\t",
        "3\t1003\tar\tالورد القديم\t\t\t\t1\t1900\t1950", "4\t1021\ttr\tAngora\t\t\t\t\t\t", "5\t94787\tku\tKerkûka Nû\t\t\t\t\t\t", "broken",
        name="alternateNamesV2.zip",
    )  # fmt: skip
    report = add_geonames(path, ["IQ"], [dump()], alternate_names=names)
    assert report.broken == 1
    assert best(path, "Tel Ward Village").id == "gn:1003"
    assert best(path, "Kerkuka Nu").id == "gn:94787"
    assert best(path, "Angora") is None
    assert Gazetteer(path).search("الورد القديم")[0].quality < 0.9  # of the past
    assert not add_geonames(path, ["IQ"], [dump()], alternate_names=names).changed


def test_names_looked_for_in_texts_grow_by_towns_only(path, dump):
    before = dict(Gazetteer(path).names())
    add_geonames(path, ["IQ", "SY"], [dump()])
    after = dict(Gazetteer(path).names())
    grown = {name for name in after if after[name] != before.get(name)}
    assert "Madinat Jadid" in grown  # 45,000 people
    for name in ("Tall Ward", "Baba Gurgur", "Hayy al Nur", "Wadi Hawran", "Hamrin Mountains", "Kanisat Mar Yusuf", "Hawija District"):  # fmt: skip
        assert name not in grown, name
    assert set(before) <= set(after)


def test_words_of_a_text_in_another_script_are_not_taken_for_hamlets(path, dump):
    school = line(2001, "Al Madrasah", 35.2, 44.1, "P.PPL", alternates="المدرسة", admin1="13")
    town = line(2002, "Al Kabirah", 35.3, 44.2, "P.PPL", alternates="الكبيرة", admin1="13", people=4_000)
    add_geonames(path, ["IQ"], [dump(*ROWS, school, town)])
    found = native_sightings("في كركوك المدرسة الكبيرة", CandidateFinder(Gazetteer(path)))
    assert [sighting.text for sighting in found] == ["كركوك", "الكبيرة"]
    assert best(path, "المدرسة").id == "gn:2001"


def test_sites_of_no_note_have_no_label(path, dump):
    add_geonames(path, ["IQ"], [dump()])
    labelled = {place.name for place in Gazetteer(path).labels(1)}
    assert {"Al Walid", "Madinat Jadid", "Tall Ward", "Baba Gurgur"} <= labelled
    assert labelled.isdisjoint({"Kanisat Mar Yusuf", "Wadi Hawran"})
    assert "Al Walid" not in {place.name for place in Gazetteer(path).labels(2)}


def test_a_kill_leaves_the_old_file_whole(path, tmp_path):
    file = tmp_path / "IQ.txt"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(line(10_000 + n, f"Qaryat {n}", 35, 44, "P.PPL").replace("Qaryat", "Qaryat Ab") + "\n" for n in range(150_000))  # fmt: skip
    before = path.read_bytes()
    code = "import sys; from geodata.gazetteer.geonames_dump import add_geonames; add_geonames(sys.argv[1], ['IQ'], [sys.argv[2]], progress=lambda w, p: print(w, flush=True))"  # fmt: skip
    with subprocess.Popen([sys.executable, "-c", code, str(path), str(file)], stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 # fmt: skip
        for words in child.stdout:
            if words.startswith("Reading"):
                child.send_signal(signal.SIGKILL)
                break
        child.wait()
    assert child.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert best(path, "Kirkuk").id == "gn:94787"
    assert add_geonames(path, ["IQ"], [str(write_one(tmp_path))]).new == 1  # what the killed run left is not in the way


def write_one(folder):
    (folder / "one.txt").write_text(ROWS[3] + "\n", encoding="utf-8")
    return folder / "one.txt"


def test_a_gazetteer_that_changed_meanwhile_is_not_overwritten(path, dump):
    def touch(words, _part):
        if words == "Comparing names":
            path.write_bytes(path.read_bytes() + b"\x00" * 8192)

    with pytest.raises(GazetteerError, match="meanwhile"):
        add_geonames(path, ["IQ"], [dump()], progress=touch)


def test_progress_runs_from_start_to_end(path, dump):
    parts = []
    add_geonames(path, ["IQ"], [dump(), dump(name="SY.zip")], progress=lambda _words, part: parts.append(part))
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


# -- rows and codes


@given(st.binary(max_size=400))
def test_any_line_is_a_row_or_a_broken_line(content):
    try:
        row = dump_row(content.split(b"\t"))
    except BrokenLineError:
        return
    assert -90 <= row.lat <= 90


@given(st.lists(st.text(max_size=12).filter(lambda text: "\t" not in text), min_size=19, max_size=19))
def test_any_columns_are_a_row_or_a_broken_line(columns):
    columns[4:6] = "35", "44"
    columns[0] = "12"
    try:
        row = dump_row([column.encode("utf-8", "surrogatepass") for column in columns])
    except BrokenLineError:
        return
    assert row.name
    assert not any(mark in row.name for mark in "\x1b\u202e\n")


@pytest.mark.parametrize("code", ["PPLQ", "AIRQ", "CMPQ", "PPLH", "ADM1H", "RGNH"])
def test_abandoned_places_are_gone(code):
    assert is_gone(code)


@pytest.mark.parametrize("code", ["CH", "SCH", "BCH", "AIRH", "MRSH", "PPLW", "MSQE", "PPL", ""])
def test_a_code_that_ends_like_those_is_not_gone(code):
    assert not is_gone(code)


@pytest.mark.parametrize(
    ("code", "kind", "precision"),
    [("S.AIRB", "air base", "site"), ("S.AIRP", "airport", "site"), ("L.MILB", "military base", "site"), ("S.HSP", "hospital", "site"),
     ("S.PRN", "prison", "site"), ("S.OILR", "refinery", "site"), ("S.CMPRF", "camp", "site"), ("L.OILF", "oil field", "district"),
     ("L.RGN", "region", "district"), ("T.HLL", "hill", "district"), ("T.VAL", "valley", "district"), ("H.LK", "lake", "district"),
     ("V.FRST", "forest", "district"), ("R.RD", "road", "district"), ("U.RDGU", "undersea feature", "district"), ("S.NEWCODE", "building", "site")],
)  # fmt: skip
def test_a_code_has_a_readable_kind(code, kind, precision):
    found = feature(*code.split("."))
    assert (found.kind, found.precision) == (kind, precision)


def test_a_class_that_does_not_exist_is_nothing():
    assert feature("?", "X") is None


# -- addresses


@pytest.mark.parametrize(
    "url",
    ["http://download.geonames.org/export/dump/IQ.zip", "https://example.org/IQ.zip", "https://download.geonames.org.evil.org/IQ.zip",
     "https://download.geonames.org:8443/IQ.zip", "https://download.geonames.org@evil.org/IQ.zip", "https://[bad/IQ.zip", "https:///IQ.zip"],
)  # fmt: skip
def test_only_geonames_itself_is_asked(url, path):
    with pytest.raises(UnsafeAddressError):
        check_dump_address(url, any_host=False)
    with pytest.raises(UnsafeAddressError):
        add_geonames(path, ["IQ"], [url])


def test_geonames_and_any_host_when_asked_for_are_allowed():
    check_dump_address("https://download.geonames.org/export/dump/IQ.zip", any_host=False)
    check_dump_address("http://mirror.example.org/IQ.zip", any_host=True)


@pytest.fixture
def server():
    answers = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for key, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=web.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web.server_port}", answers
    web.shutdown()
    web.server_close()


def test_a_file_is_fetched_read_and_taken_away_again(path, dump, server, tmp_path):
    url, answers = server
    (tmp_path / "sub").mkdir()
    dump(name="sub/IQ.zip")
    answers["/dump/IQ.zip"] = 200, {}, (tmp_path / "sub" / "IQ.zip").read_bytes()
    answers["/moved.zip"] = 302, {"Location": "/dump/IQ.zip"}, b""
    assert add_geonames(path, ["IQ"], [f"{url}/moved.zip"], any_host=True).new > 10
    assert not add_geonames(path, ["IQ"], [f"{url}/dump/"], any_host=True).changed
    assert Gazetteer(path).stats()["added"][0]["from"] == [f"{url}/moved.zip"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["gazetteer.sqlite", "sub"]


def test_what_the_server_does_wrong_is_one_sentence(server, tmp_path, path):
    url, answers = server
    answers["/loop"] = 302, {"Location": "/loop"}, b""
    answers["/away"] = 302, {"Location": "ftp://example.org/IQ.zip"}, b""
    answers["/large"] = 200, {}, b"x" * 5000
    answers["/short"] = 200, {"Content-Length": "5000"}, b"x"
    target = tmp_path / "file"
    for page, words in (("none", "404"), ("loop", "more than 5"), ("large", "GB"), ("short", "broke off")):
        with pytest.raises(FetchError, match=words):
            download(f"{url}/{page}", target, any_host=True, max_bytes=4000 if page == "large" else 9000)
    with pytest.raises(UnsafeAddressError):
        download(f"{url}/away", target, any_host=True)
    with pytest.raises(FetchError):
        add_geonames(path, ["IQ"], [f"{url}/none"], any_host=True)


def test_nothing_is_fetched_where_fetching_is_off(monkeypatch, path):
    monkeypatch.setenv("CONFLICTMAP_FETCH_ALLOWED", "no")
    settings.cache_clear()
    try:
        with pytest.raises(FetchError, match="switched off"):
            add_geonames(path, ["IQ"], ["https://download.geonames.org/export/dump/IQ.zip"])
    finally:
        settings.cache_clear()


# -- the command


@pytest.fixture
def run(monkeypatch, path):
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(path))
    monkeypatch.setenv("CONFLICTMAP_DATA_DIR", str(path.parent / "data"))
    settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(app, list(arguments))
    settings.cache_clear()


def test_the_command_adds_and_info_and_build_say_so(run, dump, path, monkeypatch):
    note_inputs(path)
    done = run("gazetteer", "add", "iq", "sy", "--from", dump(BROKEN[0], *ROWS))
    assert done.exit_code == 0, done.output
    assert "Added 12 places" in done.stdout
    assert "1 line was left out" in done.stderr
    assert is_current(path)
    assert "up to date" in run("gazetteer", "build").stdout
    assert "Added:" in run("gazetteer", "info").stdout
    assert "Nothing to add" in run("gazetteer", "add", "IQ", "SY", "--from", dump()).stdout

    def rebuild(_target, *, progress):
        progress("Building", 0.5)
        return type("Report", (), {"places": 1, "names": 1, "seconds": 0.0})

    monkeypatch.setattr("geodata.gazetteer.build_gazetteer", rebuild)
    forced = run("gazetteer", "build", "--force")
    assert "until it is added again" in forced.stderr
    assert "conflictmap gazetteer add IQ SY --from" in forced.stdout


def test_a_gazetteer_that_was_out_of_date_stays_so(run, dump, path):
    assert run("gazetteer", "add", "IQ", "--from", dump()).exit_code == 0
    assert not is_current(path)


def test_errors_of_the_command_are_one_sentence(run, dump):
    failed = run("gazetteer", "add", "Atlantis", "--from", dump())
    assert failed.exit_code == 1
    assert "is no country code" in failed.stderr
    assert "Traceback" not in failed.output


# -- size


@pytest.mark.slow
def test_many_places_take_little_memory(path, tmp_path):
    """The same holds for 300,000: `benchmarks/gazetteer_add.py` prints it."""
    file = tmp_path / "IQ.txt"
    with file.open("w", encoding="utf-8") as out:
        for n in range(60_000):
            name = f"Qaryat {chr(65 + n % 26)}{chr(97 + n // 26 % 26)}bu {n // 676}ah"
            out.write(line(5_000_000 + n, name, 31 + n % 600 / 100, 41 + n % 500 / 100, "P.PPL", alternates=f"{name} al Jadidah,قرية {n}") + "\n")  # fmt: skip
    # Not ru_maxrss: a child of a large process starts out with that process's peak.
    code = (
        "import re, sys; from pathlib import Path; from geodata.gazetteer.geonames_dump import add_geonames\n"
        "report = add_geonames(sys.argv[1], ['IQ'], [sys.argv[2]])\n"
        "print(report.new, re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, str(path), str(file)], check=True, capture_output=True, text=True
    )
    new, kibibytes = map(int, done.stdout.split())
    assert new == 60_000
    assert kibibytes < 400_000
