"""`conflictmap watch` as a person calls it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from dashboard import resources
from dashboard.cli import app
from geodata.sharing.webhook import Webhook

HOOK = "https://hooks.example.com/x"


@pytest.fixture
def told(monkeypatch):
    found = []
    monkeypatch.setattr(Webhook, "deliver", lambda _, message: found.append(json.loads(message.body)))
    return found


def run(*arguments):
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, ["watch", *arguments])


@pytest.mark.usefixtures("installation")
def test_new_events_are_told_once(told, reading_of):
    first = run("region=IQ-KI", "--webhook", HOOK)
    assert first.exit_code == 0
    assert "3 events of this view are known now" in first.output
    resources.store().write([reading_of("Shells hit Kirkuk.", {}), reading_of("Turkey spoke.", {"place": None})])
    assert "Told of 1 new event in 1 message" in run("region=IQ-KI", "--webhook", HOOK).output
    assert "Nothing is new" in run("region=IQ-KI", "--webhook", HOOK).output
    (body,) = told
    assert [event["quote"] for event in body["events"]] == ["Shells hit Kirkuk."]
    assert body["view"]["words"] == "Kirkuk"
    assert body["events"][0]["place"] == {
        "name": "Kirkuk", "precision": "settlement", "country": "IQ", "admin1": "IQ-KI", "lat": 35.46806, "lon": 44.39222,
    }  # fmt: skip


def test_a_dry_run_prints_and_remembers_nothing(installation, told):
    result = run("http://map.example.org/m/?region=IQ-KI", "--mail", "you@example.org", "--from-start", "--dry-run")
    assert result.exit_code == 0
    assert "3 new reported events: Kirkuk" in result.output
    assert "http://map.example.org/m/?v=1&region=IQ-KI&event=" in result.output
    assert "Nothing was sent" in result.output
    assert told == []
    assert not list(installation.data_dir.glob("watches/*"))


@pytest.mark.usefixtures("installation")
def test_what_cannot_be_done_is_a_sentence(told):
    assert "either --webhook or --mail" in run("region=IQ-KI").output
    assert run("region=IQ-XX", "--webhook", HOOK).exit_code == 2
    inside = run("", "--webhook", "http://127.0.0.1:9000/")
    assert inside.exit_code == 1
    assert "CONFLICTMAP_WEBHOOK_HOSTS=127.0.0.1:9000" in inside.output
    assert "CONFLICTMAP_SMTP_URL" in run("", "--mail", "you@example.org").output or told == []


def test_the_receiver_is_not_readable_in_the_file(installation, told):
    assert run("", "--webhook", HOOK + "?token=secret-token").exit_code == 0
    (path,) = installation.data_dir.glob("watches/*.sqlite")
    assert b"secret-token" not in path.read_bytes()
    assert told == []
