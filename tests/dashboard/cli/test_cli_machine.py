"""`conflictmap gazetteer`, `doctor`, `copy` and `serve`: what this machine has."""

from __future__ import annotations

import json
import shutil
import socket
import sys

import pytest

from dashboard import resources
from dashboard.commands import serve as serve_module
from geodata.settings import settings
from geodata.store import Store


def test_a_name_is_found_and_an_unknown_one_is_told(run):
    found = run("gazetteer", "find", "Tuz Khurmatu", "--json")
    assert json.loads(found.stdout.splitlines()[0])["country"] == "IQ"
    assert "Tuz Khurmatu" in run("gazetteer", "find", "Tuz Khurmatu").stdout
    unknown = run("gazetteer", "find", "Xqzzyth\x1b[2J", "--country", "iq")
    assert unknown.exit_code == 1
    assert "knows no" in unknown.stdout
    assert "\x1b" not in unknown.stdout


def test_the_gazetteer_is_built_once_and_again_when_its_data_change(run, monkeypatch, tmp_path, gazetteer_path):
    path = tmp_path / "new" / "gazetteer.sqlite"
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(path))
    settings.cache_clear()
    built = []

    def build(target, *, progress):
        progress("Copying", 0.5)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(gazetteer_path, target)
        built.append(target)
        return type("Report", (), {"places": 10, "names": 20, "seconds": 1.0})

    monkeypatch.setattr("geodata.gazetteer.build_gazetteer", build)
    assert "10 places" in run("gazetteer", "build").stdout
    assert "up to date" in run("gazetteer", "build").stdout
    assert json.loads(run("gazetteer", "info", "--json").stdout)["current"] is True
    monkeypatch.setattr("geodata.gazetteer.fingerprint.inputs_fingerprint", lambda: "other")
    assert "10 places" in run("gazetteer", "build").stdout
    path.write_bytes(b"damaged")
    assert "10 places" in run("gazetteer", "build").stdout
    run("gazetteer", "build", "--force")
    assert len(built) == 4


def test_the_doctor_says_what_is_there_and_changes_nothing(run, data_dir):
    found = run("doctor", "--json")
    facts = json.loads(found.stdout)
    assert found.exit_code == 0
    assert facts["ok"] is True
    assert facts["gazetteer"]["places"] > 100_000
    assert facts["packages"]["spacy"]
    assert "3.7" in facts["language_model"]["loaded"]
    assert facts["store"]["articles"] == 0
    assert not data_dir.exists()


def test_the_doctor_counts_the_store(run, filled):  # noqa: ARG001 - a store
    assert "2 articles" in run("doctor", "--quick").stdout


def test_a_store_is_copied_into_a_database_and_used_there(run, filled, database, monkeypatch, tmp_path):
    assert "CONFLICTMAP_DATABASE=" in run("copy").stderr
    monkeypatch.setenv("CONFLICTMAP_DATABASE", database)
    settings.cache_clear()
    assert "There is no store in the database" in run("doctor", "--quick").stdout
    with Store.open(filled, read_only=True) as store:
        events = store.extent().events
    assert run("copy").stdout == f"2 new articles copied, {events} events in the database postgres.\n"
    assert run("copy").stdout.startswith("0 new articles copied")
    assert "2 articles" in run("doctor", "--quick").stdout
    exported = []
    for name in ("database.csv", "folder.csv"):
        assert run("export", "--format", "csv", "-o", tmp_path / name).exit_code == 0
        exported.append((tmp_path / name).read_text(encoding="utf-8"))
        monkeypatch.delenv("CONFLICTMAP_DATABASE", raising=False)
        settings.cache_clear()
        resources.reset()
    assert exported[0] == exported[1]
    assert "Kirkuk" in exported[0]


def test_the_doctor_says_what_is_wrong_and_what_to_do(run, monkeypatch, tmp_path):
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(tmp_path / "none"))
    monkeypatch.setenv("CONFLICTMAP_MODEL", "no_such_model")
    settings.cache_clear()
    found = run("doctor")
    assert found.exit_code == 1
    wrong = [line for line in found.stdout.splitlines() if line.startswith("Wrong:")]
    assert len(wrong) == 2
    assert "gazetteer build" in found.stdout
    assert "no_such_model" in found.stdout


def test_the_doctor_names_online_tiles_and_what_is_wrong_with_them(run, monkeypatch):
    assert "only the built-in one" in run("doctor", "--quick").stdout
    for url, words in (
        ("osm", "streets of © OpenStreetMap"),
        ("https://tiles.example.org/{z}", "needs {z}, {x} and {y}"),
    ):
        monkeypatch.setenv("CONFLICTMAP_TILES", url)
        settings.cache_clear()
        assert words in run("doctor", "--quick").stdout


def test_the_next_free_port_is_taken_and_said(run, monkeypatch):
    started = []
    monkeypatch.setattr(serve_module.os, "execve", lambda program, command, _env: started.append((program, command)))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = run("serve", "--port", port, "--no-browser")
    assert found.exit_code == 0
    ((program, command),) = started
    chosen = int(command[command.index("--server.port") + 1])
    assert chosen > port
    assert program == sys.executable
    assert command[command.index("--server.headless") + 1] == "true"
    assert f"Port {port} is taken" in found.stderr
    assert f"http://127.0.0.1:{chosen}" in found.stdout


def test_serving_the_whole_network_is_warned_of_and_a_foreign_address_refused(run, monkeypatch):
    monkeypatch.setattr(serve_module.os, "execve", lambda *_: None)
    assert "no login" in run("serve", "--address", "0.0.0.0").stderr  # noqa: S104
    assert run("serve", "--address", "192.0.2.1").exit_code == 2
    assert serve_module.url("::1", 80) == "http://[::1]:80"


def test_serving_below_a_path_is_said_and_passed_on(run, monkeypatch):
    started = []
    monkeypatch.setattr(serve_module.os, "execve", lambda _program, command, _env: started.append(command))
    found = run("serve", "--base-path", "/maps/north/", "--no-browser")
    (command,) = started
    assert command[command.index("--server.baseUrlPath") + 1] == "maps/north"
    assert "/maps/north (stop" in found.stdout


@pytest.mark.parametrize("path", ["a b", "../etc", "a//b", "a?b", "{id}", "ü"])
def test_what_is_no_base_path_is_refused(run, path):
    assert run("serve", "--base-path", path).exit_code == 2
