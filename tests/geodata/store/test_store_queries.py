"""What a view lets pass, and what the map, the timeline and the lists show of it."""

from __future__ import annotations

import datetime as dt

import ibis
import pytest

from geodata.event import Actor, Precision
from geodata.ontology import EventType
from geodata.store import rows
from geodata.view import Role, View

EVERYTHING = View()
WORLD = {"south": -90.0, "west": -180.0, "north": 90.0, "east": 180.0}


def day(text):
    return dt.date.fromisoformat(text)


def quotes(found):
    return [stored.event.quote for stored in found]


def test_counts_keep_events_articles_and_places_apart(filled):
    counts = filled.counts(EVERYTHING)
    assert (counts.events, counts.articles) == (7, 4)
    assert (counts.placed, counts.not_placed, counts.undated) == (6, 1, 1)


@pytest.mark.parametrize(
    ("view", "events", "not_placed"),
    [
        (View(date_from=day("2017-10-20"), date_to=day("2017-10-25")), 2, 0),
        (View(date_from=day("2017-10-31")), 3, 1),
        (View(date_from=day("2017-11-01")), 2, 1),
        (View(date_to=day("2017-10-01")), 1, 0),
        (View(date_to=day("2017-09-30")), 0, 0),
        (View(actors=("Islamic State",)), 3, 0),
        (View(actors=("Islamic State",), role=Role.SOURCE), 2, 0),
        (View(actors=("Islamic State",), role=Role.TARGET), 1, 0),
        (View(actors=("Islamic State", "Iraqi Army")), 6, 0),
        (View(actors=("islamic state",)), 0, 0),
        (View(types=(EventType.VOTE,)), 2, 1),
        (View(types=(EventType.VOTE, EventType.ASSAULT)), 7, 1),
        (View(regions=("IQ-KI",)), 3, 1),
        (View(regions=("IQ-KI", "IQ-NI")), 4, 1),
        (View(regions=("IQ",), types=(EventType.ASSAULT,)), 5, 0),
        (View(regions=("FR",)), 0, 1),
        (View(text="VOTE baghdad"), 2, 1),
        (View(text="kirkuk"), 3, 0),
        (View(text="kirkuk army"), 1, 0),
        (View(text="100% _"), 0, 0),
        (View(text="   "), 7, 1),
        (View(lat=1.0, lon=1.0, zoom=9.0, event="x"), 7, 1),
    ],
)
def test_filters(filled, view, events, not_placed):
    counts = filled.counts(view)
    assert counts.events == events
    assert counts.not_placed == not_placed
    assert len(filled.events(view)) == events
    assert len(filled.not_placed(view)) == not_placed
    assert len(filled.rows(view)) == events


def test_events_are_ordered_paged_and_undated_ones_come_last(filled):
    newest = filled.events(EVERYTHING, order="-date")
    days = [stored.event.date_start for stored in newest]
    assert days[:2] == [day("2018-02-01"), day("2017-11-05")]
    assert days[-1] is None
    oldest = [stored.event.date_start for stored in filled.events(EVERYTHING, order="date")]
    assert oldest[0] == day("2017-10-01")
    assert oldest[-1] is None
    pages = [filled.events(EVERYTHING, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [stored for page in pages for stored in page] == newest
    assert {stored.event.place is None for stored in filled.events(EVERYTHING, placed=False)} == {True}
    assert len(filled.events(EVERYTHING, placed=True)) == 6
    assert len(filled.events(EVERYTHING, order="-confidence")) == 7


def test_an_event_comes_with_its_article_and_the_number_of_reports(filled, make):
    article = make.article("Troops entered Kirkuk.")
    found = filled.event(f"{article.id}-0")
    assert found.event == make.event(article)
    assert (found.title, found.source, found.published) == ("Army moves", "Agency A", day("2017-10-17"))
    assert found.reports == 2
    assert filled.event(f"{make.article('Deputies voted.').id}-0").reports == 1


def test_the_events_of_a_point_or_an_area_can_be_listed(filled):
    shown = filled.cells(EVERYTHING, **WORLD, zoom=3)
    for point in shown.points:
        found = filled.events(EVERYTHING, place_id=point.place_id)
        assert len(found) == point.count
        assert sorted(stored.event.id for stored in found) == sorted(point.event_ids)
        assert [stored.event.id for stored in filled.some(point.event_ids)] == list(point.event_ids)
    for area in shown.areas:
        assert len(filled.events(EVERYTHING, area=area.region_id)) == area.count
    assert filled.some(["none"]) == filled.some([]) == []


def test_articles_are_listed_last_added_first(filled):
    rows = filled.articles()
    assert {row.title: (row.events, row.not_placed) for row in rows if row.title} == {
        "Army moves": (1, 0),
        "A VOTE in Baghdad": (2, 1),
    }
    assert rows == sorted(rows, key=lambda row: row.added, reverse=True)
    assert rows[0].added.tzinfo is dt.UTC
    assert filled.articles(limit=2, offset=1) == rows[1:3]


def test_few_places_are_points_and_equal_places_are_stacked(filled, make):
    shown = filled.cells(EVERYTHING, **WORLD, zoom=3)
    assert shown.kind == "points"
    assert shown.cells == []
    first, second = shown.points
    assert (first.place_id, first.name, first.count, first.type) == ("gn:94787", "Kirkuk", 2, EventType.ASSAULT)
    assert (first.lat, first.lon, first.precision) == (35.468, 44.392, Precision.SETTLEMENT)
    assert sorted(first.event_ids) == sorted(f"{make.article(f'Troops {w} Kirkuk.').id}-0" for w in ("entered", "took"))
    assert (second.name, second.count, second.quads) == ("Sinjar", 1, {4: 1})


def test_areas_are_never_points(filled):
    areas = {area.region_id: area for area in filled.cells(EVERYTHING, **WORLD, zoom=3).areas}
    assert {region: (area.name, area.count, area.quads) for region, area in areas.items()} == {
        "IQ-KI": ("Kirkuk", 1, {4: 1}),
        "IQ": ("Iraq", 1, {0: 1}),
        "IQ-DI": ("IQ-DI", 1, {4: 1}),  # mountains that lie there: no name of the governorate
    }


def test_many_places_are_cells_at_the_middle_of_their_events(filled):
    far = filled.cells(EVERYTHING, **WORLD, zoom=2, max_points=1)
    assert far.kind == "cells"
    assert far.points == []
    (cell,) = far.cells
    assert (cell.count, cell.quads) == (3, {4: 3})
    assert cell.lat == pytest.approx((2 * 35.468 + 36.321) / 3)
    assert cell.lon == pytest.approx((2 * 44.392 + 41.875) / 3)
    assert cell.south < cell.lat < cell.north
    assert cell.west < cell.lon < cell.east
    near = filled.cells(EVERYTHING, **WORLD, zoom=8, max_points=1)
    assert [cell.count for cell in near.cells] == [2, 1]
    assert (near.cells[0].lat, near.cells[0].lon) == (35.468, 44.392)


def test_a_cell_is_64_pixels_wide(filled):
    for zoom in (0, 3, 3.9, 7):
        cell = filled.cells(EVERYTHING, **WORLD, zoom=zoom, max_points=0).cells[0]
        assert cell.east - cell.west == pytest.approx(360 / (256 * 2 ** int(zoom)) * 64)


def test_a_window_shows_what_lies_in_it(filled):
    around_sinjar = {"south": 36.0, "north": 37.0, "west": 41.0, "east": 42.5}
    assert [point.name for point in filled.cells(EVERYTHING, **around_sinjar, zoom=9).points] == ["Sinjar"]
    nowhere = {"south": 0.0, "north": 1.0, "west": 0.0, "east": 1.0}
    assert filled.cells(EVERYTHING, **nowhere, zoom=9).points == []
    assert len(filled.cells(EVERYTHING, **nowhere, zoom=9).areas) == 3


@pytest.mark.parametrize(
    ("west", "east", "names"),
    [
        (170.0, -165.0, ["Apia", "Suva"]),
        (170.0, 195.0, ["Apia", "Suva"]),
        (-190.0, -165.0, ["Apia", "Suva"]),
        (170.0, 180.0, ["Suva"]),
        (-180.0, -165.0, ["Apia"]),
        (-600.0, 600.0, ["Apia", "Suva"]),
        (-540.0, -525.0, ["Apia"]),
        (-165.0, 170.0, []),
    ],
)
def test_windows_may_cross_the_antimeridian(store, make, west, east, names):
    store.write([make.reading("Islands", events=[{"at": "suva"}, {"at": "apia"}])])
    for max_points in (500, 0):
        shown = store.cells(EVERYTHING, south=-40, north=0, west=west, east=east, zoom=5, max_points=max_points)
        assert len(shown.points or shown.cells) == len(names)
        if max_points:
            assert sorted(point.name for point in shown.points) == names


def test_bounds_take_the_short_way_round_the_world(store, make):
    store.write([make.reading("Islands", events=[{"at": "suva"}, {"at": "apia"}])])
    south, west, north, east = store.bounds(EVERYTHING)
    assert (south, north) == (-18.142, -13.833)
    assert west == 178.441
    assert east == pytest.approx(188.233)
    assert len(store.cells(EVERYTHING, south=south, west=west, north=north, east=east, zoom=5).points) == 2


def test_bounds_and_extent(filled):
    assert filled.bounds(View(regions=("IQ-NI",))) == (36.321, 41.875, 36.321, 41.875)
    assert filled.bounds(View(regions=("FR",))) is None
    extent = filled.extent()
    assert (extent.date_min, extent.date_max) == (day("2017-10-01"), day("2018-02-01"))
    assert (extent.articles, extent.events) == (4, 7)
    assert (extent.south, extent.north) == (33.0, 36.321)


def test_named_regions_and_seas_are_areas(store, make):
    store.write([make.reading("Far", events=[{"at": "donbas"}, {"at": "black sea"}])])
    areas = store.cells(EVERYTHING, **WORLD, zoom=2).areas
    assert [(area.region_id, area.name) for area in areas] == [("area:black-sea", "Black Sea"), ("donbas", "Donbas")]


def test_areas_follow_what_is_written(store, make):
    assert store.cells(EVERYTHING, **WORLD, zoom=2).areas == []
    store.write([make.reading("Far", events=[{"at": "donbas"}])])
    assert len(store.cells(EVERYTHING, **WORLD, zoom=2).areas) == 1


def test_the_timeline_counts_each_dated_event_once(filled):
    timeline = filled.timeline(EVERYTHING, step="month")
    assert timeline.rows == [
        (day("2017-10-01"), 4, 4),
        (day("2017-11-01"), 0, 1),
        (day("2018-02-01"), 4, 1),
    ]
    weeks = filled.timeline(EVERYTHING, step="week").rows
    assert all(first.weekday() == 0 for first, _, _ in weeks)
    assert sum(count for _, _, count in weeks) == 6


def test_the_timeline_begins_with_the_period(filled):
    view = View(date_from=day("2017-10-10"), date_to=day("2017-10-30"))
    timeline = filled.timeline(view)
    assert timeline.step == "day"
    assert timeline.rows == [(day("2017-10-10"), 4, 1), (day("2017-10-16"), 4, 2), (day("2017-10-20"), 4, 1)]


def test_the_timeline_chooses_its_step(filled, make):
    assert filled.timeline(EVERYTHING).step == "week"
    filled.write([make.reading("Long ago", events=[{"day": "1991-03-01"}])])
    assert filled.timeline(EVERYTHING).step == "month"


def test_an_actor_on_both_sides_is_in_one_event(store, make):
    both = (Actor(name="Iraqi Army", text="troops"),)
    store.write([make.reading("One", events=[{"source_actors": both, "target_actors": both}])])
    assert store.facet(EVERYTHING, "actor") == [("Iraqi Army", 1)]


def test_numbers_are_plain_numbers(filled):
    shown = filled.cells(EVERYTHING, **WORLD, zoom=2, max_points=0).cells[0]
    assert {type(shown.count), *map(type, shown.quads), *map(type, shown.quads.values())} == {int}
    assert {type(count) for _, count in filled.facet(EVERYTHING, "type")} == {int}
    assert type(filled.timeline(EVERYTHING).rows[0][2]) is int


# PostgreSQL is asked in earnest: test_store_postgres.py.
@pytest.mark.parametrize("filled", ["batches"], indirect=True)
@pytest.mark.parametrize("dialect", ["clickhouse", "trino"])
def test_another_server_database_could_be_asked_the_same(filled, monkeypatch, dialect):
    asked = []
    engine = filled.engine
    run = engine.run
    monkeypatch.setattr(engine, "run", lambda query: asked.append(query) or run(query))
    monkeypatch.setattr(engine, "has_numbers", False)  # a server database has no numbers
    view = View(
        date_from=day("2017-10-01"), date_to=day("2017-12-01"), actors=("Iraqi Army",), types=(EventType.ASSAULT,),
        regions=("IQ", "IQ-KI"), text="troops",
    )  # fmt: skip
    for shown in (EVERYTHING, view):
        for ask in (filled.counts, filled.events, filled.not_placed, filled.timeline, filled.bounds, filled.rows):
            ask(shown)
        for kind in ("type", "actor", "source_actor", "target_actor", "region", "country", "source", "precision"):
            filled.facet(shown, kind, prefix="a")
        for max_points in (500, 0):
            filled.cells(shown, south=-40, west=170, north=50, east=190, zoom=4, max_points=max_points)
            filled.cells(shown, **WORLD, zoom=4, max_points=max_points)
    filled.articles()
    filled.extent()
    filled.reading(filled.articles()[0].id)
    assert len(asked) > 30
    for query in asked:
        assert "SELECT" in ibis.to_sql(query, dialect=dialect)


def test_groups_are_found_among_events_stored_before_there_were_groups(store, make, monkeypatch):
    asked = [
        View(actors=(f"group:{key}",), role=role)
        for key in ("IQ:state-forces", "IQ:any", "any:militia", "SY:any")
        for role in Role
    ]
    store.write([make.reading("Troops entered Kirkuk.")])
    expected = [store.counts(view).events for view in asked]
    assert sorted(set(expected)) == [0, 1]
    monkeypatch.setattr(rows, "groups_of", lambda _actors: None)
    store.write([make.reading("Troops took Kirkuk.")])
    assert [store.counts(view).events for view in asked] == [2 * count for count in expected]


def test_only_what_was_added_since(store, make):
    store.write([make.reading("Troops entered Kirkuk.")])
    between = store.articles()[0].added
    assert store.counts(View(added_after=between - dt.timedelta(seconds=1))).events == 1
    assert store.counts(View(added_after=between + dt.timedelta(seconds=1))).events == 0


@pytest.mark.parametrize("order", ["fatalities", "source", "place", "date"])
def test_what_is_not_known_is_listed_last_in_either_direction(filled, order):
    def value(stored):
        event = stored.event
        return {
            "fatalities": event.fatalities,
            "source": stored.source or None,
            "date": event.date_start,
            "place": event.place and event.place.name,
        }[order]

    for direction in ("", "-"):
        found = [value(stored) for stored in filled.events(EVERYTHING, order=direction + order)]
        known = [one for one in found if one is not None]
        assert found == sorted(known, reverse=bool(direction)) + [None] * (len(found) - len(known))


def test_precision_is_listed_from_site_to_country(filled):
    found = [stored.event.place.precision for stored in filled.events(EVERYTHING, order="precision", placed=True)]
    assert found == sorted(found, key=list(Precision).index)
