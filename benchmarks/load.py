"""Many people at one map: how long its requests take while fifty of them move it and filter it.

    python benchmarks/load.py --events 1000000
    python benchmarks/load.py --events 1000000 --servers 2

Each user does what a page does: after 2 to 6 seconds of looking either moves the map (one request for cells) or sets
another filter (cells, timeline and charts of the new view, at once), and never asks the same twice. What Streamlit
sends for the panel beside the map is no part of it: `map.py` measures that for one person. Users and servers
share the machine. `--servers 2` starts two dashboards on the same store and gives each half of the users.

Only addresses of this machine are asked, for `--seconds`, after which everything stops.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import http.client
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
from servers import dashboard, memory_mb, p95
from synthetic import DAYS, FIRST_DAY, kept

from geodata.ontology import EventType
from geodata.store import Store
from geodata.view import View
from geodata.view_url import encode_view

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKS_S = (2.0, 6.0)  # think time
GOALS_MS = {1: 700, 2: 400}  # by number of servers, for 50 users and a million events
WAIT_S = 60
OK = 200


@dataclass
class Heard:
    """What one user saw: milliseconds of each action, and what went wrong."""

    moves: list[float] = field(default_factory=list)
    filters: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class User:
    """Somebody who looks at the map.

    Parameters
    ----------
    address
        Host and port of the dashboard.
    seed
        Of what this user chooses.
    actors, areas
        Names of actors, and ids of regions, to filter by.
    """

    def __init__(self, address: str, seed: int, actors: Sequence[str], areas: Sequence[str]) -> None:
        self._address = address
        self._random = np.random.default_rng(seed)
        self._actors, self._regions = actors, areas
        self._view = View()
        self.heard = Heard()

    def live(self, until: float) -> None:
        """Look, move and filter until a moment of `time.monotonic`."""
        time.sleep(self._random.uniform(0, LOOKS_S[1]))  # they do not all come at once
        while time.monotonic() < until:
            filters = self._random.random() < 0.4  # people move a map more than they filter it
            if filters:
                self._view = self._another_view()
            query = encode_view(self._view)
            paths = [f"/api/cells?{query}&{self._window()}"]
            if filters:
                paths += [f"/api/timeline?{query}", f"/api/charts?{query}"]
            began = time.perf_counter()
            try:
                self._ask(paths)
            except (OSError, http.client.HTTPException) as error:
                self.heard.errors.append(str(error))
            else:
                taken = (time.perf_counter() - began) * 1000
                (self.heard.filters if filters else self.heard.moves).append(taken)
            time.sleep(self._random.uniform(*LOOKS_S))

    def _another_view(self) -> View:
        first = FIRST_DAY + dt.timedelta(days=int(self._random.integers(0, DAYS - 400)))
        last = first + dt.timedelta(days=int(self._random.integers(30, 400)))
        choice = self._random.integers(4)
        if choice == 0:
            return View(date_from=first, date_to=last)
        if choice == 1:
            return replace(View(), actors=(str(self._random.choice(self._actors)),), date_to=last)
        if choice == 2:
            return replace(View(), regions=(str(self._random.choice(self._regions)),), date_from=first)
        kinds = self._random.choice(list(EventType), size=2, replace=False)
        return replace(View(), types=tuple(EventType(str(kind)) for kind in kinds), date_from=first)

    def _window(self) -> str:
        zoom = int(self._random.integers(2, 10))
        lat, lon = self._random.uniform(-10, 50), self._random.uniform(-10, 100)
        height, width = 180 / 2**zoom * 1.5, 360 / 2**zoom * 2
        return (
            f"z={zoom}&south={max(lat - height, -85):.4f}&north={min(lat + height, 85):.4f}"
            f"&west={max(lon - width, -180):.4f}&east={min(lon + width, 539):.4f}"
        )

    def _ask(self, paths: Sequence[str]) -> None:
        """Send requests one after the other down one connection, and read all of the answers."""
        with contextlib.closing(http.client.HTTPConnection(self._address, timeout=WAIT_S)) as connection:
            for path in paths:
                connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                if answer.status != OK:
                    message = f"{answer.status} for {path}"
                    raise http.client.HTTPException(message)


def lines(heard: Sequence[Heard], servers: int, memory: Sequence[float], events: int) -> list[str]:
    """Return the figures as rows of a table."""
    moves = [one for user in heard for one in user.moves]
    filters = [one for user in heard for one in user.filters]
    errors = [one for user in heard for one in user.errors]
    today = dt.datetime.now(dt.UTC).date().isoformat()
    goal = GOALS_MS.get(servers)
    return [
        f"| {len(heard)} users, {events:,} events, {servers} server(s) ({today}) | p95 | median | number | goal, p95 |",
        "|---|---|---|---|---|",
        *(
            f"| {what} | {p95(values):.0f} ms | {np.median(values):.0f} ms | {len(values)} | {goal or '-'} ms |"
            for what, values in (("move", moves), ("filter", filters), ("both", moves + filters))
            if values
        ),
        f"| errors | {len(errors)} | | | 0 |",
        f"| memory of each server | {max(memory):.0f} MB | | | - |",
        *(f"  {error}" for error in errors[:5]),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, help="folder of a synthetic store with so many events; made if not there")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--servers", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0)
    args = parser.parse_args()
    store = kept(args.events, args.store)
    with Store.open(store, read_only=True) as look:
        actors = [name for name, _ in look.facet(View(), "actor", limit=200)]
        areas = [name for name, _ in look.facet(View(), "region", limit=200)]
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(dashboard(store)) for _ in range(args.servers)]
        hosts = [urlsplit(url).netloc for url, _ in servers]
        users = [User(hosts[n % len(hosts)], n, actors, areas) for n in range(args.users)]
        until = time.monotonic() + args.seconds
        threads = [threading.Thread(target=user.live, args=(until,)) for user in users]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        memory = [memory_mb(pid)[0] for _, pid in servers]
    print("\n".join(lines([user.heard for user in users], args.servers, memory, args.events)))


if __name__ == "__main__":
    main()
