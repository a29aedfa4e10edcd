"""Measure adding a GeoNames dump: time, memory, size, names looked for in texts, look-ups before and after.

Usage: python benchmarks/gazetteer_add.py [PATH [ROWS]]
(PATH of a built gazetteer, which is copied, not changed; without it one is built. ROWS of a made-up dump of Iraq and
Syria, 200,000 unless told. One populated place in ten has people, from 30 to 30,000: many more than in GeoNames.)
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from geodata.gazetteer import Gazetteer, build_gazetteer

KIBIBYTES = 1024
SHARES = {
    "P.PPL": 55, "P.PPLX": 3, "P.PPLQ": 1, "P.PPLA3": 1, "H.STMI": 10, "H.WLL": 3, "T.HLL": 8, "T.MT": 3, "S.SCH": 4,
    "S.MSQE": 3, "S.FRM": 5, "L.LCTY": 3, "A.ADM3": 1,
}  # fmt: skip
CONSONANTS = ["b", "d", "f", "h", "j", "k", "l", "m", "n", "q", "r", "s", "t", "z", "kh", "sh", "gh"]
VOWELS = ["a", "i", "u", "ah", "ay", "aw"]
ARABIC = "ابتجحدرسشعفقكلمنهوي"
PREFIXES = ("", "", "", "Al ", "Tall ", "Khirbat ", "Wadi ", "Qaryat ")
PROVINCES = ("13", "15", "02", "09")

ADD = """
import json, resource, sys
from dataclasses import asdict
from pathlib import Path
from geodata.gazetteer.geonames_dump import add_geonames
report = add_geonames(Path(sys.argv[1]), ["IQ", "SY"], [sys.argv[2]])
print(json.dumps(asdict(report) | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
"""


def main() -> None:
    """Print the figures."""
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.sqlite"
        if len(sys.argv) > 1:
            shutil.copyfile(sys.argv[1], path)
        else:
            build_gazetteer(path)
        dump = Path(folder) / "dump.txt"
        write_dump(dump, rows)
        print(f"dump: {rows:,} rows, {dump.stat().st_size / 1e6:.0f} MB")
        tell(path, "before")
        for words in ("added", "added again"):
            report = add(path, dump)
            print(
                f"{words}: {report['seconds']:.1f} s, {rows / report['seconds']:,.0f} rows/s, "
                f"{report['places']:,} places and {report['names']:,} names more, {report['gone']:,} left out, "
                f"peak memory {report['memory'] * KIBIBYTES / 1e6:.0f} MB"
            )
        tell(path, "after")


def add(path: Path, dump: Path) -> dict[str, int | float]:
    """Add a dump in a process of its own and return its report with the peak memory."""
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own text
        [sys.executable, "-c", ADD, str(path), str(dump)], check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout))


def tell(path: Path, words: str) -> None:
    """Print what a gazetteer weighs."""
    gazetteer = Gazetteer(path)
    names = [name for name, _ in gazetteer.names()]
    chosen = random.Random(1).sample(sorted(names), 1_000)  # noqa: S311 - the same names every time
    times = []
    for name in chosen:
        started = time.perf_counter()
        gazetteer.search(name)
        times.append(time.perf_counter() - started)
    times.sort()
    print(
        f"{words}: {gazetteer.stats()['places']:,} places, {path.stat().st_size / 1e6:.0f} MB, "
        f"names looked for in texts {len(names):,}, "
        f"look-up median {times[500] * 1e6:.0f} us, p95 {times[950] * 1e6:.0f} us"
    )


def write_dump(path: Path, rows: int) -> None:
    """Write a made-up dump in GeoNames' format, the same every time."""
    chance = random.Random(1)  # noqa: S311 - the same rows every time
    words = [
        "".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.randint(2, 3))).capitalize()
        for _ in range(20_000)
    ]
    codes = [code.split(".") for code, share in SHARES.items() for _ in range(share)]
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            feature_class, code = chance.choice(codes)
            second = f" {chance.choice(words)}" if chance.random() < 0.4 else ""
            name = f"{chance.choice(PREFIXES)}{chance.choice(words)}{second}"
            others = [f"{chance.choice(words)} {chance.choice(words)}" for _ in range(chance.randint(0, 4))]
            others += ["".join(chance.choices(ARABIC, k=chance.randint(4, 8))) for _ in range(chance.randint(0, 2))]
            has_people = feature_class == "P" and chance.random() < 0.1
            columns = (
                50_000_000 + number, name, name, ",".join(others), f"{chance.uniform(31, 37):.5f}",
                f"{chance.uniform(38, 47):.5f}", feature_class, code, chance.choice(("IQ", "SY")), "",
                chance.choice(PROVINCES), "", "", "", int(10 ** chance.uniform(1.5, 4.5)) if has_people else 0, "", 100,
                "Asia/Baghdad", "2024-01-01",
            )  # fmt: skip
            file.write("\t".join(map(str, columns)) + "\n")


if __name__ == "__main__":
    main()
