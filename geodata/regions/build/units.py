"""Give every piece of Natural Earth its country and its admin-1 unit.

Natural Earth carries old ISO codes (Kirkuk as IQ-TS), finer units than admin-1 (France's
departments) and older ones (the eleven provinces of the Congo). The gazetteer speaks GeoNames and
present ISO codes, so every shape is joined to a GeoNames unit: by the GeoNames ids that Natural
Earth carries, checked against the towns that lie inside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import Polygon, shape

from geodata.regions.folding import fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.regions.build.sources import Codes, Towns

# A town on the border may fall on the wrong side of it: units with fewer towns than this, or a
# smaller share of them, do not get a part of a shape that has a unit of its own.
MIN_TOWNS = 2
MIN_SHARE = 0.2

GEONAMES_WEIGHT, ISO_WEIGHT, NAME_WEIGHT = 1.5, 0.7, 0.7
TOWNS_WEIGHT = 3.0  # when all of many towns agree; half of that for a single town


@dataclass(slots=True)
class Piece:
    """A part of a Natural Earth feature: which country and unit it goes to."""

    code: str  # adm1_code of Natural Earth
    props: dict[str, Any]
    geometry: Any
    country: str
    unit: str = ""  # GeoNames code, or empty: only the country is known
    slug: str = ""  # kept as a shape of its own under this name
    approximate: bool = False
    fixed: bool = False  # by a case of disputed.yaml: not to be joined or split


def make_pieces(
    features: Iterable[dict[str, Any]], cases: list[dict[str, Any]], corrections: list[dict[str, Any]]
) -> list[Piece]:
    """Cut the features as the cases and corrections say and give each piece its country."""
    whole: dict[str, dict[str, Any]] = {}
    cuts: dict[str, list[tuple[Any, dict[str, Any]]]] = {}
    for case in (*corrections, *cases):
        for code in case["features"]:
            if "cut" in case:
                cuts.setdefault(code, []).append((Polygon([(lon, lat) for lat, lon in case["cut"]]), case))
            else:
                whole[code] = case
    pieces: list[Piece] = []
    unused = set(whole) | set(cuts)
    for feature in features:
        props = feature["properties"]
        code = str(props["adm1_code"])
        geometry = shapely.make_valid(shape(feature["geometry"]))
        unused.discard(code)
        for outline, case in cuts.get(code, []):
            inside = _polygons(geometry.intersection(outline))
            geometry = _polygons(geometry.difference(outline))
            if not inside.is_empty:
                pieces.append(_decided(code, props, inside, case))
        if geometry.is_empty:
            continue
        if code in whole:
            pieces.append(_decided(code, props, geometry, whole[code]))
        else:
            pieces.append(Piece(code, props, geometry, str(props["iso_a2"])))
    if unused:
        message = f"disputed.yaml names features that Natural Earth does not have: {sorted(unused)}"
        raise RuntimeError(message)
    return pieces


def _decided(code: str, props: dict[str, Any], geometry: Any, case: dict[str, Any]) -> Piece:
    unit = case.get("unit", "")
    slug = case.get("piece", "")
    return Piece(
        code,
        props,
        geometry,
        case["country"],
        unit,
        slug,
        approximate="why" in case and "cut" in case,
        fixed=bool(unit),
    )


def _polygons(geometry: Any) -> Any:
    """Only the areal part: cutting leaves points and lines behind."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else Polygon()


def join_units(
    pieces: list[Piece], codes: Codes, towns: Towns, *, split: Iterable[str], reshaped: Iterable[str]
) -> list[Piece]:
    """Give every piece its GeoNames unit; cut those of the countries in `split` that hold several.

    In countries that are also in `reshaped` every piece is cut, not only those with a new unit.
    """
    inside = _towns_inside(pieces, towns)
    votes = [Counter(towns.unit[i] for i in ids) for ids in inside]
    features = Counter(piece.country for piece in pieces)
    for piece, vote in zip(pieces, votes, strict=True):
        # one shape for a country of many units (Macau, Jersey): none of them is the shape
        alone = features[piece.country] == 1 and len(codes.of_country(piece.country)) > 1
        if not piece.fixed and not alone:
            piece.unit = _unit_of(piece, vote, codes)
    have = {piece.unit for piece in pieces}
    result: list[Piece] = []
    for piece, ids, vote in zip(pieces, inside, votes, strict=True):
        wanted = _units_inside(piece, vote, codes, have) if piece.country in split and not piece.fixed else []
        new = not have.issuperset(wanted) or piece.country in reshaped
        if len(wanted) > 1 and new:
            ids = [i for i in ids if towns.unit[i] in wanted]  # noqa: PLW2901 - narrowed on purpose
            result += _split(piece, towns.lonlat[ids], [towns.unit[i] for i in ids])
        else:
            result.append(piece)
    _adopt(result)
    return result


def _towns_inside(pieces: list[Piece], towns: Towns) -> list[list[int]]:
    tree = shapely.STRtree([piece.geometry for piece in pieces])
    inside: list[list[int]] = [[] for _ in pieces]
    town_ids, piece_ids = tree.query(shapely.points(towns.lonlat), predicate="intersects")
    for town, piece in zip(town_ids.tolist(), piece_ids.tolist(), strict=True):
        inside[piece].append(town)
    return [sorted(ids) for ids in inside]


def _unit_of(piece: Piece, vote: Counter[str], codes: Codes) -> str:
    """Choose the unit with the most evidence: GeoNames id or code, ISO code, name, and the towns inside.

    Any one of them is wrong somewhere: Natural Earth has names and ISO codes swapped between
    neighbours (Guyana, Eritrea, Ecuador), old ISO codes, and GeoNames ids of units that are gone.
    GeoNames ids weigh more than ISO code and name together, towns that agree more than the ids.
    """
    props, prefix = piece.props, piece.country + "."
    score: dict[str, float] = defaultdict(float)
    geoname = codes.by_geoname.get(props.get("gn_id") or -1, "")
    score[geoname or str(props.get("gn_a1_code") or "")] += GEONAMES_WEIGHT
    score[codes.by_iso.get(str(props["iso_3166_2"]), "")] += ISO_WEIGHT
    own = {fold(plain(str(props[key]))) for key in ("name", "name_en") if props.get(key)}
    for code, unit in codes.of_country(piece.country):
        if own & {fold(plain(name)) for name in (unit.name, *unit.aliases)}:
            score[code] += NAME_WEIGHT
    towns = sum(vote.values())
    for code, count in vote.items():
        score[code] += TOWNS_WEIGHT * count / (towns + 1)
    known = {code: value for code, value in score.items() if code in codes.units and code.startswith(prefix)}
    return max(sorted(known), key=lambda code: known[code], default="")


def _units_inside(piece: Piece, vote: Counter[str], codes: Codes, have: set[str]) -> list[str]:
    """Units that get a part of the piece: those without a shape elsewhere, and those with enough towns."""
    total = sum(vote.values())
    wanted = []
    for code, count in sorted(vote.items()):
        if code not in codes.units or not code.startswith(piece.country + "."):
            continue
        homeless = code not in have
        enough = count >= MIN_TOWNS and count / total >= MIN_SHARE
        if homeless or enough or code == piece.unit:
            wanted.append(code)
    return wanted


def _split(piece: Piece, lonlat: np.ndarray[Any, Any], units: list[str]) -> list[Piece]:
    """Cut a piece half-way between the towns of different units."""
    scale = np.array([np.cos(np.radians(lonlat[:, 1].mean())), 1.0])  # degrees of equal length
    points = shapely.points(lonlat * scale)
    area = shapely.transform(piece.geometry, lambda xy: xy * scale)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=area))
    tree = shapely.STRtree(cells)
    by_unit: dict[str, list[Any]] = {}
    for point, unit in zip(points, units, strict=True):
        by_unit.setdefault(unit, []).extend(cells[i] for i in tree.query(point, predicate="intersects"))
    parts = []
    rest = piece.geometry
    for unit in sorted(by_unit):
        cell = shapely.transform(shapely.union_all(by_unit[unit]), lambda xy: xy / scale)
        part = _polygons(rest.intersection(cell))
        rest = _polygons(rest.difference(cell))
        if not part.is_empty:
            parts.append(Piece(piece.code, piece.props, part, piece.country, unit, piece.slug, approximate=True))
    if not rest.is_empty:  # slivers of rounding
        parts.append(Piece(piece.code, piece.props, rest, piece.country, parts[0].unit, piece.slug, approximate=True))
    return parts


def _adopt(pieces: list[Piece]) -> None:
    """Let a piece without a unit join the neighbour of the same country that it touches most."""
    tree = shapely.STRtree([piece.geometry for piece in pieces])
    for piece in pieces:
        if piece.unit or not piece.country:
            continue
        best = (0.0, "")
        for i in sorted(tree.query(piece.geometry, predicate="intersects").tolist()):
            other = pieces[i]
            if other.unit and other.country == piece.country:
                shared = piece.geometry.boundary.intersection(other.geometry.boundary).length
                best = max(best, (shared, other.unit))
        piece.unit = best[1]
