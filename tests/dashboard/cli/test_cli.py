"""The command `conflictmap` as people use it: its help, what it reads, how it fails."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from cli_words import KIRKUK, is_one_sentence

from geodata.settings import settings

COMMANDS = (["read"], ["ingest"], ["serve"], ["export"], ["doctor"], ["copy"],
            ["gazetteer", "build"], ["gazetteer", "info"], ["gazetteer", "find"])  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(run, command):
    found = run(*command, "--help")
    assert found.exit_code == 0
    assert "Example" in found.stdout
    assert f"conflictmap {' '.join(command)}" in found.stdout


def test_help_is_quick_because_nothing_heavy_is_imported():
    heavy = "{'spacy', 'pandas', 'duckdb', 'ibis', 'streamlit', 'trafilatura', 'shapely', 'pyarrow', 'folium', 'numpy'}"
    code = f"import sys, dashboard.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_a_mistyped_command_is_told_without_a_stack_trace(run):
    found = run("raed")
    assert found.exit_code == 2
    assert "raed" in found.stderr
    assert "Traceback" not in found.stderr


def test_what_nobody_foresaw_is_one_sentence_and_a_line_in_the_log(run, monkeypatch, file, data_dir):
    def broken(*_args, **_kwargs):
        msg = "inner detail"
        raise KeyError(msg)

    monkeypatch.setattr("dashboard.commands.intake.Taken.add_files", broken)
    found = run("read", file("a.txt", KIRKUK))
    assert found.exit_code == 1
    assert is_one_sentence(found.stderr)
    assert "inner detail" in (data_dir / "conflictmap.log").read_text()


def test_a_missing_gazetteer_is_one_sentence_and_a_stack_trace_when_asked_for(run, file, monkeypatch, tmp_path):
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(tmp_path / "none.sqlite"))
    settings.cache_clear()
    found = run("read", file("a.txt", KIRKUK))
    assert found.exit_code == 1
    assert "conflictmap gazetteer build" in found.stderr
    assert is_one_sentence(found.stderr)
    monkeypatch.setenv("CONFLICTMAP_DEBUG", "1")
    assert type(run("read", file("a.txt", KIRKUK)).exception).__name__ == "GazetteerError"


def test_reading_shows_who_did_what_to_whom_where_and_when(run, file, data_dir):
    found = run("read", file("a.txt", KIRKUK), "--published", "2017-10-17", "--title", "A title")
    assert found.exit_code == 0, found.stderr
    for words in ("A title", "16 Oct 2017", "Assault", "Iraqi", "Kirkuk", "death"):
        assert words in found.stdout
    assert not (data_dir / "store").exists()


def test_standard_input_is_read_and_json_is_one_line_for_each_article(run):
    found = run("read", "--json", "--published", "2017-10-17", given=KIRKUK)
    (line,) = found.stdout.splitlines()
    assert {event["type"] for event in json.loads(line)["events"]} == {"ASSAULT"}


def test_only_places_are_read_when_nothing_else_is_wanted(run):
    shown = run("read", "--only-places", given=KIRKUK)
    assert shown.exit_code == 0
    assert "Kirkuk" in shown.output
    assert "No event" not in shown.output
    (line,) = run("read", "--only-places", "--json", given=KIRKUK).output.strip().splitlines()
    whole = json.loads(run("read", "--json", given=KIRKUK).output)
    assert json.loads(line)["events"] == []
    assert [one["text"] for one in json.loads(line)["toponyms"]] == [one["text"] for one in whole["toponyms"]]


def test_a_text_cannot_write_to_the_terminal(run, file):
    text = "\x1b[2J\x1b]0;owned\x07[bold red]Troops[/bold red] entered Kirkuk. \u202eEvil\u202c \x9b31m"
    found = run("read", file("a.txt", text), "--published", "2017-10-17", "--title", "\x1b[31m[link=x]T[/link]")
    assert found.exit_code == 0, found.stderr
    said = found.stdout + found.stderr
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(said)
    assert "[link=x]T[/link]" in said


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("space.txt", b" \n\t\n", "empty"),
        ("digits.txt", b"12345 67890", "no words"),
        ("binary.txt", bytes(range(256)) * 40, "no text"),
        ("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        ("long.txt", b"Troops entered the town again and the mayor left. " * 100_000, "at most"),
        ("lines.txt", b"Troops entered Kirkuk.\n" * 10_000, "10,000 times"),
        ("table.csv", b"a,b\n1,2\n", "text"),
        ("script.html", b"<html><script>alert(1)</script></html>", ""),
    ],
)
def test_bad_input_is_one_sentence(run, file, name, content, words):
    found = run("read", file(name, content))
    assert found.exit_code == 1
    assert found.stdout == ""
    assert name in found.stderr
    assert words in found.stderr
    assert is_one_sentence(found.stderr)


def test_a_file_that_is_not_there_does_not_stop_the_others(run, file, tmp_path):
    found = run("read", tmp_path / "none.txt", tmp_path, file("a.txt", KIRKUK), "--json")
    assert found.exit_code == 1
    assert len(found.stdout.splitlines()) == 1
    assert len(found.stderr.splitlines()) == 2


def test_a_text_in_arabic_keeps_its_places_and_says_that_it_is_not_read(run, file):
    text = "دخلت القوات العراقية مدينة كركوك صباح يوم الاثنين وسيطرت على المباني الحكومية."
    line = json.loads(run("read", "--json", file("a.txt", text)).stdout)
    assert "Kirkuk" in {place["name"] for place in line["toponyms"]}
    assert line["events"] == []
    assert any("Arabic" in problem["message"] for problem in line["problems"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["read", "--published", "23/10/2017"],
        ["read", "--published", "1017-10-23"],
        ["read", "--given-toponyms"],
        ["read", "a.txt", "--jsonl", "b.jsonl"],
        ["read", "--processes", "0"],
        ["ingest"],
        ["export", "--format", "exe", "-o", "x"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_use_ends_with_code_2(run, arguments):
    found = run(*arguments, given=KIRKUK)
    assert found.exit_code == 2
    assert "Traceback" not in found.stderr
