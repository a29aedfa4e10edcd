"""Compare the curated places of Iraq and Syria with the points that UCDP GED gives places of the same name.

    python benchmarks/check_places.py TABLES_DIR

TABLES_DIR holds `ucdp_ged_iraq_*.csv.gz` and `ucdp_ged_syria_*.csv.gz` with the columns of UCDP GED
(https://ucdp.uu.se, CC BY 4.0). Prints every curated row that lies further from all UCDP places of its
name, or of one of its aliases, than its precision tolerates, then one line of summary. The exit code is
1 when such a row was found that is not among `KNOWN`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from geodata.gazetteer.curated import rows_of
from geodata.gazetteer.entries import distance_km
from geodata.gazetteer.normalise import fold, plain, romanise

TABLES = {"IQ": "ucdp_ged_iraq_*.csv.gz", "SY": "ucdp_ged_syria_*.csv.gz"}
# Several times the radius of the precision: UCDP's own points are those of GeoNames, a few kilometres off at times.
TOLERATED_KM = {"site": 5.0, "settlement": 10.0, "district": 40.0}
# What UCDP adds to a name, and two ways to write one thing.
_KIND = re.compile(r"\b(?:village|town|city|suburb|locality|area)\b")
_SAME = (
    (re.compile(r"\b(mountain|field|hill|farm|island|building)s\b"), r"\1"),
    (re.compile(r"\boilfield\b"), "oil field"),
    (re.compile(r"\b(?:military )?(?:airbase|air base|airport|airfield)\b"), "air base"),
    (re.compile(r"\bidp camp\b"), "camp"),
)
# Rows where UCDP means another place of that name, each looked at by hand.
KNOWN = {
    "Ibrahim Khalil crossing": "UCDP's Ibrahim al-Khalil is a village south of Mosul; the crossing is on the Turkish border",
    "Yarmouk camp": "UCDP's Yarmuk is a village near the Jordanian border; the camp is a quarter of Damascus",
    "Ashrafiyah": "UCDP's Ashrafiyah is a town near Damascus; this one is a quarter of Aleppo",
    "Mishraq sulphur plant": "UCDP's Mishraq is a village downstream near Shirqat; the plant lies near Shura",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A place as UCDP has it: decimal degrees, WGS 84."""

    name: str
    lat: float
    lon: float


def key(name: str) -> str:
    """Bring a name to what can be compared: folded, in Latin letters, without words for what kind of place it is."""
    text = plain(romanise(name))
    for written, same in _SAME:
        text = written.sub(same, text)
    return fold(" ".join(_KIND.sub(" ", text).split()) or text)


def named_places(folder: Path, pattern: str) -> dict[str, set[Named]]:
    """Return UCDP's places of one country, by key; "a/b" and "a (b)" stand under both names."""
    places: dict[str, set[Named]] = defaultdict(set)
    for path in sorted(folder.glob(pattern)):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                name = row["where_coordinates"].strip()
                place = Named(name, float(row["latitude"]), float(row["longitude"]))
                for part in {name, *re.split(r"[/()]", name)}:
                    if part.strip():
                        places[key(part)].add(place)
    return places


def main() -> int:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", type=Path, help="folder with the UCDP GED tables")
    folder: Path = parser.parse_args().tables
    ucdp = {country: named_places(folder, pattern) for country, pattern in TABLES.items()}
    if not all(ucdp.values()):
        parser.error(f"{folder} does not hold {' and '.join(TABLES.values())}")

    rows = [row for row in rows_of("places.csv") if row["country"] in ucdp]
    compared = independent = exempt = far = 0
    worst = 0.0
    for row in rows:
        names = [row["name"], *filter(None, row["aliases"].split(";"))]
        twins = {place for name in names for place in ucdp[row["country"]].get(key(name), ())}
        limit = TOLERATED_KM.get(row["precision"])
        if not twins or limit is None:
            continue
        compared += 1
        independent += not row["source"].startswith("UCDP")
        point = float(row["lat"]), float(row["lon"])
        distance, twin = min((distance_km(*point, place.lat, place.lon), place.name) for place in twins)
        worst = max(worst, distance if row["name"] not in KNOWN else 0.0)
        if distance <= limit:
            continue
        if row["name"] in KNOWN:
            exempt += 1
            continue
        far += 1
        print(f"{distance:6.1f} km  {row['name']} ({row['country']}, {row['precision']})  UCDP: {twin}")
    print(
        f"{len(rows)} curated places of Iraq and Syria; {compared} have a namesake in UCDP GED, "
        f"{independent} of these with a point from elsewhere; {far} too far, {exempt} known to be another place; "
        f"largest distance otherwise {worst:.1f} km"
    )
    return 1 if far else 0


if __name__ == "__main__":
    raise SystemExit(main())
