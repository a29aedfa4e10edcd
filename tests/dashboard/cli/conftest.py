"""A person at the command line: a folder of data, files to give, and a store with two articles."""

from __future__ import annotations

import json

import pytest
from cli_words import KIRKUK, SINJAR
from typer.testing import CliRunner

from dashboard import resources
from dashboard.cli import app
from geodata.settings import settings


@pytest.fixture(autouse=True)
def data_dir(monkeypatch, tmp_path, gazetteer_path):
    folder = tmp_path / "data"
    monkeypatch.setenv("CONFLICTMAP_DATA_DIR", str(folder))
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(gazetteer_path))
    for name in ("STORE", "MODEL", "DEBUG", "FETCH_ALLOWED"):
        monkeypatch.delenv(f"CONFLICTMAP_{name}", raising=False)
    settings.cache_clear()
    resources.reset()
    yield folder
    settings.cache_clear()
    resources.reset()


@pytest.fixture
def run():
    def call(*arguments, given=None):
        return CliRunner(env={"COLUMNS": "160"}).invoke(app, [str(argument) for argument in arguments], input=given)

    return call


@pytest.fixture
def file(tmp_path):
    def make(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


@pytest.fixture
def filled(run, file):
    line = {"text": KIRKUK, "title": "Kirkuk", "published": "2017-10-16"}
    other = {"text": SINJAR, "title": "Sinjar", "published": "2017-10-18"}
    found = run("ingest", file("news.jsonl", f"{json.dumps(line)}\n{json.dumps(other)}\n"))
    assert found.exit_code == 0, found.stderr
    return settings().store
