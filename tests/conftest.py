"""What tests of several rooms share."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from geodata.article import Article
from geodata.gazetteer import Gazetteer, build_gazetteer
from geodata.gazetteer.fingerprint import inputs_fingerprint
from geodata.ontology import EventType
from geodata.reading.reader import Reader
from geodata.regions import regions

sys.path.insert(0, str(Path(__file__).parent))

from database_server import running

if TYPE_CHECKING:
    from geodata.event import Event

KEPT_GAZETTEERS = 3

_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped, also by the workers of pytest-xdist."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On CI nothing may be skipped: what is needed is installed or found there, or the run fails."""
    if os.environ.get("CI") == "true" and _skipped and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was skipped on CI, as that is why the run failed."""
    if os.environ.get("CI") == "true" and _skipped:
        terminalreporter.write_line(
            "Skipped on CI, which counts as failed: " + ", ".join(sorted(set(_skipped))), red=True
        )


@pytest.fixture(scope="session")
def gazetteer_path(pytestconfig) -> Path:
    """Path of a real gazetteer, built once for the code and data as they are now and kept between runs."""
    folder = Path(pytestconfig.rootpath) / ".pytest_cache" / "gazetteer"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{inputs_fingerprint()}.sqlite"
    with FileLock(folder / "lock"):  # of all workers of pytest-xdist one builds, the others wait
        if not path.exists():
            build_gazetteer(path)
            by_age = sorted(folder.glob("*.sqlite"), key=lambda file: file.stat().st_mtime)
            for old in by_age[:-KEPT_GAZETTEERS]:
                old.unlink(missing_ok=True)
    return path


@pytest.fixture(scope="session")
def gazetteer(gazetteer_path) -> Gazetteer:
    """Return the real gazetteer, open."""
    return Gazetteer(gazetteer_path)


@pytest.fixture(scope="session")
def reader(gazetteer) -> Reader:
    """Return a reader with the real gazetteer, regions and language model."""
    return Reader(gazetteer, regions())


@pytest.fixture(scope="session")
def attacks(reader):
    """Return what reads a text of 3 March 2023 and gives its attacks."""

    def read(text: str) -> list[Event]:
        events = reader.read(Article(text=text, published=dt.date(2023, 3, 3), language="en")).events
        return [event for event in events if event.type is EventType.ASSAULT]

    return read


_schemas = itertools.count()


@pytest.fixture(scope="session")
def postgres():
    """Address of a database on a real PostgreSQL server, which runs until the tests end."""
    with running() as address:
        yield address


@pytest.fixture
def database(postgres) -> str:
    """Address of an empty place in that database: nobody else's tables are there."""
    return f"{postgres}&schema=test_{next(_schemas)}"
