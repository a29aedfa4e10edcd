"""The route that answers while somebody types: actors, regions and publishers, with counts.

The pages ask for names only when somebody looks for one, so a click on a filter does not pay for
lists of thousands.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard import resources
from geodata.actor_groups import PREFIX, group_in_words, parse_group
from geodata.errors import ConflictmapError
from geodata.regions.folding import fold
from geodata.view import Role
from geodata.view_url import Known, decode_view

if TYPE_CHECKING:
    from starlette.requests import Request

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
        ``value`` for the view, ``label`` and ``note`` for people, ``count``.
    """
    if by == "region":
        return _regions(store, view, words)
    if by == "source":
        found = store.facet(view, "source", limit=MOST, search=words)
        return [_offer(name, name, "", count) for name, count in found]
    groups = _groups(store, view, words)[:_GROUPS]
    actors = store.facet(view, _ACTORS[view.role], limit=MOST - len(groups), search=words)
    return groups + [_offer(name, name, "", count) for name, count in actors]


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
        for region, count in found[:MOST]
    ]


async def names(request: Request) -> Response:
    """Answer ``/api/names?by=actor&words=...&<view>``: what a filter can be set to, as JSON."""
    return await run_in_threadpool(_names, request)


def _names(request: Request) -> Response:
    query: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        query.setdefault(key, []).append(value)
    by, words = query.pop("by", [""])[0], query.pop("words", [""])[0]
    query.pop("version", None)  # there so that an address means one answer
    if by not in get_args(Names):
        return _sorry(f"The query needs by as one of {', '.join(get_args(Names))}.", 400)
    if len(words) > _MOST_LETTERS:
        return _sorry("The words are too long to be looked for.", 400)
    view, problems = decode_view(query, Known(actors=lambda _: True, regions=resources.has_region))
    if problems:
        return _sorry(problems[0].message, 400)
    try:
        store = resources.store()
        tag = f'W/"{hashlib.sha256(f"{store.version} {request.url.query}".encode()).hexdigest()[:24]}"'
        headers = {"etag": tag, "cache-control": "no-cache"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        found = offers(store, view, by, words)  # type: ignore[arg-type]  # looked at above
    except ConflictmapError as error:
        return _sorry(str(error), 503)
    return JSONResponse({"offers": found}, headers=headers)


def _sorry(message: str, status: int) -> Response:
    return JSONResponse({"error": message}, status_code=status, headers={"cache-control": "no-store"})


def name_routes() -> list[Route]:
    """Return the route."""
    return [Route("/api/names", names)]
