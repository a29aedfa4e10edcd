"""How long people wait: the server, the first page, the reader, and each article.

    python benchmarks/start.py [--no-server] [--rounds 3]

Reading speed is measured over the sample articles, against spaCy's own full pipeline (the same
model, all its pipes) on the same texts in the same run: the two take turns and the fastest round of
each counts, so that another load on the machine meets both. Use the ratio; seconds are the machine's.
The gazetteer and the store are those of the settings: CONFLICTMAP_DATA_DIR=./var after `make run`.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from dashboard.commands.doctor import find_chromium
from dashboard.commands.serve import argv, free_port
from geodata.errors import ConflictmapError
from geodata.reading.model import load_model
from geodata.reading.pool import TOGETHER, Recipe, reader_of
from geodata.samples import sample_articles
from geodata.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST = "127.0.0.1"
WAIT_S = 60.0
POLL_S = 0.02

# In a process of its own, so that the imports count and nothing is warm.
_LOAD_READER = """
import time
started = time.perf_counter()
from geodata.reading.pool import Recipe, reader_of
from geodata.settings import settings
reader_of(Recipe(settings().gazetteer, settings().model))
print(time.perf_counter() - started)
"""


@contextlib.contextmanager
def server(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run the dashboard as `conflictmap serve` does."""
    command = argv(HOST, port, browser=False)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=WAIT_S)


def wait_until_healthy(port: int, process: subprocess.Popen[bytes]) -> float:
    """Ask /healthz until it answers; returns the seconds since the call."""
    started = time.perf_counter()
    while time.perf_counter() - started < WAIT_S:
        if process.poll() is not None:
            sys.exit("The server ended by itself: run `conflictmap serve` to see why.")
        connection = http.client.HTTPConnection(HOST, port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return time.perf_counter() - started
        connection.close()
        time.sleep(POLL_S)  # a measuring step, not a hope
    return sys.exit(f"The server did not answer within {WAIT_S:.0f} seconds.")


def pages(port: int) -> dict[str, float]:
    """Open the map page twice; returns seconds until text, and until the map stands, cold and warm."""
    chromium = find_chromium()
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not everybody has it
    except ImportError:
        chromium = None
    if chromium is None:
        return {}
    found: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        for name in ("first", "second"):
            page = browser.new_context().new_page()
            started = time.perf_counter()
            page.goto(f"http://{HOST}:{port}/", wait_until="commit")
            page.locator("[data-testid='stAppViewContainer'] h1, [data-testid='stAppViewContainer'] p").first.wait_for()
            found[f"{name} visit, text"] = time.perf_counter() - started
            page.frame_locator("iframe").first.locator(".leaflet-pane").first.wait_for(state="attached")
            found[f"{name} visit, map"] = time.perf_counter() - started
        browser.close()
    return found


def reader_load_s() -> float:
    """Return the seconds in which a fresh process has a reader."""
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", _LOAD_READER], capture_output=True, text=True, check=False, env=os.environ
    )
    if done.returncode:
        sys.exit(done.stderr.strip().rpartition("\n")[2].rpartition("Error: ")[2])
    return float(done.stdout)


def fastest_s(rounds: int, *runs: Callable[[], object]) -> list[float]:
    """Let runs take turns; returns the fastest time of each, in seconds."""
    best = [float("inf")] * len(runs)
    for _ in range(rounds):
        for number, run in enumerate(runs):
            started = time.perf_counter()
            run()
            best[number] = min(best[number], time.perf_counter() - started)
    return best


def speed(rounds: int) -> None:
    """Print how fast the samples are read, and spaCy's own speed on them."""
    articles = sample_articles()
    reader = reader_of(Recipe(settings().gazetteer, settings().model))
    nlp = load_model(settings().model)
    texts = [article.text for article in articles]
    sentences = sum(len(list(doc.sents)) for doc in nlp.pipe(texts))
    reader.read(articles[0])
    groups = [articles[first : first + TOGETHER] for first in range(0, len(articles), TOGETHER)]
    together, single, theirs = fastest_s(
        rounds,
        lambda: [list(reader.read_many(group)) for group in groups],
        lambda: [reader.read(article) for article in articles],
        lambda: list(nlp.pipe(texts)),
    )
    size = f"{len(articles)} articles, {sentences} sentences"
    print(f"reading ({size})")
    lines = (("  conflictmap, many articles", together), ("  one by one", single), ("  spaCy, all pipes", theirs))
    for name, seconds in lines:
        print(f"{name:<28} {len(articles) / seconds:7.1f} articles/s {sentences / seconds:8.0f} sentences/s")
    print(f"{'  time against spaCy':<28} {together / theirs:7.2f} times, {single / theirs:.2f} one by one")
    print(f"{'  speed against spaCy':<28} {theirs / together:7.2f} times, {theirs / single:.2f} one by one")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-server", action="store_true", help="measure reading only")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if not given.no_server:
        port = free_port(HOST, 8600)
        with server(port) as process:
            healthy_s = wait_until_healthy(port, process)
            print(f"{'server answers /healthz':<28} {healthy_s:7.2f} s")
            shown = pages(port)
            for name, seconds in shown.items():
                print(f"{name:<28} {seconds:7.2f} s")
            if shown:
                print(f"{'from start to first map':<28} {healthy_s + shown['first visit, map']:7.2f} s")
            else:
                print("no Chromium or no Playwright: no page was opened")
    print(f"{'reader loaded':<28} {reader_load_s():7.2f} s")
    speed(max(1, given.rounds))


if __name__ == "__main__":
    try:
        main()
    except ConflictmapError as problem:
        sys.exit(str(problem))
