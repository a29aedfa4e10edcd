"""How fast a point finds its regions: load time, memory, and the time per point.

Run ``python benchmarks/regions.py [number of points]``. Prints milliseconds, megabytes and microseconds.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time

from geodata.regions import Regions, regions

TARGET_US = 50.0

# Towns in the news: (lat, lon). Points are scattered half a degree around them.
CONFLICT_TOWNS = (
    (35.47, 44.39), (36.34, 43.13), (36.32, 41.88), (34.89, 44.63), (33.31, 44.37),  # Iraq
    (36.20, 37.16), (35.34, 40.14), (33.51, 36.29), (31.50, 34.47), (32.22, 35.26),  # Syria, Palestine
    (48.59, 38.00), (47.10, 37.55), (46.64, 32.62), (50.00, 36.23), (44.95, 34.10),  # Ukraine
    (13.63, 25.35), (15.60, 32.53), (13.50, 39.47), (2.04, 45.34), (-1.68, 29.22),  # Sudan, Ethiopia, Somalia, Congo
    (15.92, 2.40), (14.03, -0.03), (11.85, 13.16), (34.08, 74.80), (20.15, 92.90),  # Sahel, Nigeria, Kashmir, Rakhine
)  # fmt: skip


def memory_mb() -> float:
    """Greatest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def time_points(atlas: Regions, points: list[tuple[float, float]]) -> list[float]:
    """Microseconds for each point."""
    clock, locate, times = time.perf_counter_ns, atlas.locate, []
    for lat, lon in points:
        start = clock()
        locate(lat, lon)
        times.append((clock() - start) / 1000)
    return times


def report(name: str, times: list[float]) -> None:
    """Print a line with the median, the 95th percentile and the mean."""
    cuts = statistics.quantiles(times, n=20)
    verdict = "ok" if cuts[-1] < TARGET_US else "above target"
    print(
        f"{name:<34} p50 {statistics.median(times):6.1f} us  p95 {cuts[-1]:6.1f} us  "
        f"mean {statistics.fmean(times):6.1f} us  {verdict}"
    )


def main() -> None:
    """Load, locate, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    chance = random.Random(7)  # noqa: S311 - the same points every time, nothing secret
    before, start = memory_mb(), time.perf_counter()
    atlas = regions()
    names = time.perf_counter() - start
    atlas.locate(35.47, 44.39)
    shapes = time.perf_counter() - start
    print(f"load: names {names * 1000:.0f} ms, with the first point {shapes * 1000:.0f} ms")
    print(f"memory: {memory_mb() - before:.0f} MB more than before ({memory_mb():.0f} MB in all)")
    anywhere = [(chance.uniform(-60, 75), chance.uniform(-180, 180)) for _ in range(count)]
    conflict = [
        (lat + chance.gauss(0, 0.5), lon + chance.gauss(0, 0.5)) for lat, lon in chance.choices(CONFLICT_TOWNS, k=count)
    ]
    for name, points in (("anywhere", anywhere), ("around towns in the news", conflict)):
        report(f"{name}, first time", time_points(atlas, points))
        report(f"{name}, warm", time_points(atlas, points))
    start = time.perf_counter()
    packed = atlas.basemap_json(gzipped=True)
    print(f"base map: {len(packed) / 1000:.0f} kB gzipped, read in {(time.perf_counter() - start) * 1000:.1f} ms")
    start = time.perf_counter()
    fine = atlas.basemap_fine("IQ")
    print(f"fine detail of Iraq: {len(fine) / 1000:.0f} kB, made in {(time.perf_counter() - start) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
