"""Files in the format of GeoNames' dumps, and a small gazetteer to add them to."""

from __future__ import annotations

import zipfile

from geodata.event import Precision
from geodata.gazetteer import build
from geodata.gazetteer.entries import Entry, NameSource
from geodata.gazetteer.priors import set_priors


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


def small_gazetteer(folder):
    """Write a gazetteer of nine places into a folder."""
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
    target = folder / "gazetteer.sqlite"
    build._write(target, sorted(entries, key=lambda e: e.id), {"gn:777": "cm:rabia"}, lambda _words, _part: None)
    return target


def write_dump(folder, *rows, name="IQ.txt", encoding="utf-8"):
    """Write rows, or all of `ROWS`, as a dump; returns its path."""
    content = "".join(f"{row}\n" for row in rows or ROWS).encode(encoding)
    file = folder / name
    if file.suffix == ".zip":
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("readme.txt", "x" * 100_000)
            archive.writestr(f"{file.stem}.txt", content)
    else:
        file.write_bytes(content)
    return str(file)
