"""The command that adds GeoNames dumps, and what memory it takes."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

import pytest
from geonames_files import BROKEN, ROWS, line, small_gazetteer, write_dump
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.commands.gazetteer import is_current, note_inputs
from geodata.settings import settings


@pytest.fixture
def path(tmp_path):
    return small_gazetteer(tmp_path)


@pytest.fixture
def dump(tmp_path):
    return partial(write_dump, tmp_path)


@pytest.fixture
def run(monkeypatch, path):
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(path))
    monkeypatch.setenv("CONFLICTMAP_DATA_DIR", str(path.parent / "data"))
    settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(app, list(arguments))
    settings.cache_clear()


def test_the_command_adds_and_info_and_build_say_so(run, dump, path, monkeypatch):
    note_inputs(path)
    done = run("gazetteer", "add", "iq", "sy", "--from", dump(BROKEN[0], *ROWS))
    assert done.exit_code == 0, done.output
    assert "Added 12 places" in done.stdout
    assert "1 line was left out" in done.stderr
    assert is_current(path)
    assert "up to date" in run("gazetteer", "build").stdout
    assert "Added:" in run("gazetteer", "info").stdout
    assert "Nothing to add" in run("gazetteer", "add", "IQ", "SY", "--from", dump()).stdout

    def rebuild(_target, *, progress):
        progress("Building", 0.5)
        return type("Report", (), {"places": 1, "names": 1, "seconds": 0.0})

    monkeypatch.setattr("geodata.gazetteer.build_gazetteer", rebuild)
    forced = run("gazetteer", "build", "--force")
    assert "until it is added again" in forced.stderr
    assert "conflictmap gazetteer add IQ SY --from" in forced.stdout


def test_a_gazetteer_that_was_out_of_date_stays_so(run, dump, path):
    assert run("gazetteer", "add", "IQ", "--from", dump()).exit_code == 0
    assert not is_current(path)


def test_errors_of_the_command_are_one_sentence(run, dump):
    failed = run("gazetteer", "add", "Atlantis", "--from", dump())
    assert failed.exit_code == 1
    assert "is no country code" in failed.stderr
    assert "Traceback" not in failed.output


@pytest.mark.slow
def test_many_places_take_little_memory(path, tmp_path):
    """The same holds for 300,000: `benchmarks/gazetteer_add.py` prints it."""
    file = tmp_path / "IQ.txt"
    with file.open("w", encoding="utf-8") as out:
        for n in range(60_000):
            name = f"Qaryat {chr(65 + n % 26)}{chr(97 + n // 26 % 26)}bu {n // 676}ah"
            out.write(line(5_000_000 + n, name, 31 + n % 600 / 100, 41 + n % 500 / 100, "P.PPL", alternates=f"{name} al Jadidah,قرية {n}") + "\n")  # fmt: skip
    # Not ru_maxrss: a child of a large process starts out with that process's peak.
    code = (
        "import re, sys; from pathlib import Path; from geodata.gazetteer.geonames_dump import add_geonames\n"
        "report = add_geonames(sys.argv[1], ['IQ'], [sys.argv[2]])\n"
        "print(report.new, re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, str(path), str(file)], check=True, capture_output=True, text=True
    )
    new, kibibytes = map(int, done.stdout.split())
    assert new == 60_000
    assert kibibytes < 400_000
