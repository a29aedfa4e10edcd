"""Adding GeoNames dumps: files in that format, written here, into gazetteers of a few places."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from functools import partial

import pytest
from geonames_files import BROKEN, ROWS, line, small_gazetteer, write_dump

from geodata.errors import GazetteerError
from geodata.event import Precision
from geodata.gazetteer import Gazetteer
from geodata.gazetteer.geonames_dump import add_geonames
from geodata.reading.candidates import CandidateFinder
from geodata.reading.native_names import native_sightings
from geodata.regions import regions


@pytest.fixture
def path(tmp_path):
    return small_gazetteer(tmp_path)


@pytest.fixture
def dump(tmp_path):
    return partial(write_dump, tmp_path)


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
