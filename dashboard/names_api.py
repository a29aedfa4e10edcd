"""The route that answers while somebody types: actors, regions and publishers, with counts.

The pages ask for names only when somebody looks for one, so a click on a filter does not pay for
lists of thousands.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from dashboard import resources
from dashboard.answers import BadQueryError, answer_from_store
from dashboard.api import parse_view_query
from geodata.actor_groups import PREFIX, group_in_words, parse_group
from geodata.regions.folding import fold
from geodata.view import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from geodata.regions import Region
    from geodata.store.facets import Facet
    from geodata.store.store import Store
    from geodata.view import View

Names = Literal["actor", "region", "source"]

MOST = 20  # offers at once
_GROUPS = 5  # of them groups of actors
_MOST_LETTERS = 200
_ALL_REGIONS, _ALL_GROUPS = 6000, 3000
_ACTORS: dict[Role, Facet] = {Role.EITHER: "actor", Role.SOURCE: "source_actor", Role.TARGET: "target_actor"}
_OF_GROUPS: dict[Role, Facet] = {Role.EITHER: "group", Role.SOURCE: "source_group", Role.TARGET: "target_group"}
_KIND_WORDS = {"named": "region", "country": "country"}
_KIND_ORDER = {"country": 0, "named": 1, "admin1": 2}


def offers(store: Store, view: View, by: Names, words: str) -> list[dict[str, Any]]:
    """Return what can be chosen, with how many events it would leave: the most frequent first.

    Of actors, groups stand before them, and before all a name that is typed out in full.

    Parameters
    ----------
    store, view
        Where to look, and what is looked at; the filter on the same thing is not applied.
    by
        What to offer.
    words
        What was typed; all words must occur in a name.

    Returns
    -------
    list of dict
        ``value`` for the view, ``label`` and ``note`` for people, ``count``; of regions the ``box`` to look at:
        south, west, north, east in decimal degrees.
    """
    if by == "region":
        return _regions(store, view, words)
    if by == "source":
        found = store.facet(view, "source", limit=MOST, search=words)
        return [_offer(name, name, "", count) for name, count in found]
    groups = _groups(store, view, words)[:_GROUPS]
    actors = store.facet(view, _ACTORS[view.role], limit=MOST - len(groups), search=words)
    offered = groups + [_offer(name, name, "", count) for name, count in actors]
    return sorted(offered, key=lambda offer: offer["label"].casefold() != words.strip().casefold())


def _offer(value: str, label: str, note: str, count: int) -> dict[str, Any]:
    return {"value": value, "label": label, "note": note, "count": count}


def _groups(store: Store, view: View, words: str) -> list[dict[str, Any]]:
    made = []
    wanted = words.lower().split()
    for key, count in store.facet(view, _OF_GROUPS[view.role], limit=_ALL_GROUPS):
        group = parse_group(PREFIX + key)
        # Until somebody types, only those that a person would name: a kind of a country.
        if group is None or not (wanted or (group.kind and group.country)):
            continue
        said = group_in_words(group, resources.region_name)
        if all(word in said.lower() for word in wanted):
            made.append(_offer(group.id, said[:1].upper() + said[1:], "group", count))
    return made


@cache
def _searched() -> list[tuple[Region, str]]:
    return [
        (region, " ".join(fold(name) for name in (region.name, *region.aliases)))
        for region in resources.regions().all()
    ]


def _regions(store: Store, view: View, words: str) -> list[dict[str, Any]]:
    counts = dict(store.facet(view, "region", limit=_ALL_REGIONS))
    wanted = fold(words).split()
    found = [
        (region, counts.get(region.id, 0))
        for region, names in _searched()
        if (wanted or region.id in counts) and all(word in names for word in wanted)
    ]
    # Whose name begins with what was typed comes first among those that have events.
    begins = fold(words)
    found.sort(
        key=lambda pair: (
            pair[1] == 0,
            not fold(pair[0].name).startswith(begins),
            -pair[1],
            _KIND_ORDER[pair[0].kind],
            pair[0].name,
        )
    )
    return [
        _offer(region.id, region.name, _KIND_WORDS.get(region.kind) or resources.region_name(region.country), count)
        | {"box": region.bbox}
        for region, count in found[:MOST]
    ]


async def names(request: Request) -> Response:
    """Answer ``/api/names?by=actor&words=...&<view>``: what a filter can be set to, as JSON."""
    return await run_in_threadpool(answer_from_store, request, _names)


def _names(store: Store, query: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    by, words = (query.get(key, [""])[0] for key in ("by", "words"))
    if by not in get_args(Names):
        msg = f"The query needs by as one of {', '.join(get_args(Names))}."
        raise BadQueryError(msg)
    if len(words) > _MOST_LETTERS:
        msg = "The words are too long to be looked for."
        raise BadQueryError(msg)
    # The version stands there so that an address means one answer.
    view = parse_view_query({key: values for key, values in query.items() if key not in {"by", "words", "version"}})
    return {"offers": offers(store, view, by, words)}  # type: ignore[arg-type]  # looked at above


def name_routes() -> list[Route]:
    """Return the route."""
    return [Route("/api/names", names)]
