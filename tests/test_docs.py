"""The documentation stays true: links lead somewhere, commands exist, figures are the measured ones."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from geodata.ontology import EventType
from geodata.settings import Settings

ROOT = Path(__file__).parents[1]
DOCS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"^\s*(?:\$ )?(?:\.venv/bin/)?conflictmap ([a-z]+)", re.MULTILINE)
MAKE = re.compile(r"`?make ([a-z]+)\b")


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_within_the_project_lead_somewhere(path):
    targets = [target.split("#")[0] for target in LINK.findall(path.read_text(encoding="utf-8"))]
    inner = [target for target in targets if target and not target.startswith(("http://", "https://"))]
    assert [target for target in inner if not (path.parent / target).exists()] == []


def test_the_readme_shows_a_picture_of_the_map():
    pictures = re.findall(r"!\[[^\]]+\]\((docs/[^)]+\.png)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert pictures
    assert all((ROOT / picture).stat().st_size > 20_000 for picture in pictures)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_commands_that_are_named_exist(path):
    named = set(COMMAND.findall(path.read_text(encoding="utf-8")))
    for command in named:
        result = CliRunner().invoke(app, [command, "--help"])
        assert result.exit_code == 0, f"conflictmap {command} is in {path.name} and is no command"


def test_each_command_is_documented_with_an_example():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("read", "ingest", "serve", "export", "gazetteer", "doctor"):
        assert f"conflictmap {command}" in readme
        shown = CliRunner().invoke(app, [command, "--help"]).output
        assert "conflictmap" in shown, f"the help of {command} has no example"


def test_what_may_be_shared_is_documented():
    told = (ROOT / "docs" / "snapshots.md").read_text(encoding="utf-8")
    named = [item.name for item in fields(Settings) if item.name.startswith(("share_", "webhook_", "smtp_", "mail_"))]
    assert len(named) == 8
    assert [name for name in named if f"CONFLICTMAP_{name.upper()}" not in told] == []


def test_make_targets_that_are_named_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in DOCS:
        for block in re.findall(r"`make ([a-z]+)`", path.read_text(encoding="utf-8")):
            assert block in targets, f"make {block} is in {path.name}"


def test_figures_in_the_readme_are_the_measured_ones():
    figures = json.loads((ROOT / "docs" / "figures.json").read_text(encoding="utf-8"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", readme, re.MULTILINE)
    checked = 0
    for title, *cells in rows:
        section = next((figures[name] for name in figures if name == title), None)
        if section is None:
            continue
        values = [section[key] for key in ("found", "type, place and date all right", "precision")]
        assert [float(cell) for cell in cells] == values, f"README and docs/figures.json differ in {title!r}"
        checked += 1
    assert checked >= 2


def test_every_type_of_event_is_explained():
    labelling = (ROOT / "docs" / "labelling.md").read_text(encoding="utf-8")
    assert [kind for kind in EventType if f"### {kind.value}" not in labelling] == []


def test_the_example_in_the_readme_runs(gazetteer_path, capsys):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    exec(compile(code.replace("var/gazetteer.sqlite", str(gazetteer_path)), "README.md", "exec"), {})  # noqa: S102 - it is ours
    printed = capsys.readouterr().out
    assert "K1 air base" in printed
    assert "Tuz Khurmatu" in printed


def test_benchmarks_that_are_named_exist():
    for path in DOCS:
        named = set(re.findall(r"benchmarks/(\w+\.py)", path.read_text(encoding="utf-8")))
        assert [name for name in sorted(named) if not (ROOT / "benchmarks" / name).is_file()] == [], path.name


def test_what_the_page_on_speed_measures_can_be_repeated():
    told = (ROOT / "docs" / "speed.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    python benchmarks/(\w+)\.py (.*)$", told, re.MULTILINE)
    assert {name for name, _ in commands} == {"map", "load", "start", "geoparse"}
    for name, options in commands:
        code = (ROOT / "benchmarks" / f"{name}.py").read_text(encoding="utf-8")
        assert [option for option in re.findall(r"--[a-z-]+", options) if f'"{option}"' not in code] == []
