"""A headless Chromium and servers for it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

# The helpers of this folder, which is no package.
sys.path.insert(0, str(Path(__file__).parent))

from driving import WIDE, MapPage, Watch
from serving import Installation, filled_store, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",  # a proxy would hide which host is asked
]
EXPECT_MS = 15_000
TIMEOUT_S = 400  # whichever test comes first builds the gazetteer, reads the samples and starts the server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(TIMEOUT_S))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.when == "call" and report.failed:
        pictures(item)
    return report


def pictures(item: pytest.Item) -> None:
    """Keep what every open page looked like when a test failed."""
    folder = Path(item.config.rootpath) / "test-results"
    folder.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "-", item.nodeid.split("/")[-1])
    for number, page in enumerate(item.config.stash.get(PAGES, [])):
        if not page.is_closed():
            try:
                page.screenshot(path=folder / f"{name}-{number}.png", timeout=10_000)
            except Exception as error:  # noqa: BLE001  the test's own failure is what counts
                item.add_report_section("call", "screenshot", str(error))


PAGES = pytest.StashKey[list["Page"]]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's Chromium."""
    path = next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)
    if path is None:
        said = f"No Chromium was found on the path ({', '.join(CHROMIUM_NAMES)}): install the package chromium."
        if os.environ.get("CI", "").lower() in {"true", "1"}:
            pytest.fail(said)
        pytest.skip(said)
    expect.set_options(timeout=EXPECT_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, headless=True, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sample_store(pytestconfig, gazetteer_path) -> Path:
    """Return the folder of a store with the sample articles; copy it before changing it."""
    root = Path(pytestconfig.rootpath)
    return filled_store(root / ".pytest_cache" / "browser", gazetteer_path=gazetteer_path, cwd=root)


@pytest.fixture(scope="session")
def dashboard(tmp_path_factory, pytestconfig, gazetteer_path, sample_store) -> Iterator[Installation]:
    """Return a server with the sample articles, to which no test adds anything."""
    folder = tmp_path_factory.mktemp("dashboard")
    yield from running(folder, gazetteer_path=gazetteer_path, filled=sample_store, cwd=Path(pytestconfig.rootpath))


@pytest.fixture(scope="module")
def own_dashboard(tmp_path_factory, pytestconfig, gazetteer_path, sample_store) -> Iterator[Installation]:
    """Return a server with the sample articles for tests that add to it."""
    folder = tmp_path_factory.mktemp("own")
    yield from running(folder, gazetteer_path=gazetteer_path, filled=sample_store, cwd=Path(pytestconfig.rootpath))


@pytest.fixture
def new_context(browser, request) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a fresh browser profile and what watches it.

    In the end none of them may have asked another host, and no script may have failed.
    """
    made: list[tuple[BrowserContext, Watch]] = []
    pages: list[Page] = []
    request.config.stash[PAGES] = pages

    def make(home: str, **options: object) -> tuple[BrowserContext, Watch]:
        context = browser.new_context(**{"viewport": WIDE, "locale": "en-GB", **options})
        context.set_default_timeout(EXPECT_MS)
        context.on("page", lambda page: pages.append(page))  # noqa: PLW0108  Playwright marks its handlers
        watch = Watch(home)
        watch.follow(context)
        made.append((context, watch))
        return context, watch

    yield make
    for context, _ in made:
        context.close()
    for _, watch in made:
        watch.check()


@pytest.fixture
def map_page_of(dashboard) -> Callable[..., MapPage]:
    """Return a function that makes a map page of the samples in a context; it is not open yet."""

    def make(context: BrowserContext, watch: Watch, installation: Installation = dashboard) -> MapPage:
        return MapPage(context.new_page(), installation, watch)

    return make


@pytest.fixture
def the_map(new_context, dashboard, map_page_of) -> MapPage:
    """Return the map page of the samples, not open yet: for tests that begin with a link."""
    return map_page_of(*new_context(dashboard.url))


@pytest.fixture
def map_page(the_map) -> MapPage:
    """Return the map page of the samples, open and painted."""
    return the_map.open()


@pytest.fixture
def another_map_page(new_context, dashboard, map_page_of) -> MapPage:
    """Return a map page in another browser profile, not open yet."""
    return map_page_of(*new_context(dashboard.url))
