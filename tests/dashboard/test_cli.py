"""The command `conflictmap` as people use it: what it prints, what it writes, how it fails."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import socket
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from dashboard import resources
from dashboard.cli import app
from dashboard.commands import serve as serve_module
from dashboard.commands.common import output, plain
from dashboard.commands.export import query_of
from geodata.article import Article
from geodata.errors import FetchError
from geodata.settings import settings
from geodata.store import Store
from geodata.view import View

KIRKUK = "Iraqi forces entered Kirkuk on Monday, killing three fighters."
SINJAR = "Islamic State militants attacked Sinjar on Tuesday."
COMMANDS = (["read"], ["ingest"], ["serve"], ["export"], ["doctor"], ["copy"],
            ["gazetteer", "build"], ["gazetteer", "info"], ["gazetteer", "find"])  # fmt: skip


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


def is_one_sentence(text):
    return text.count("\n") == 1 and text.rstrip().endswith((".", ")")) and "Traceback" not in text


# -- the command itself


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


# -- read


def test_reading_shows_who_did_what_to_whom_where_and_when(run, file, data_dir):
    found = run("read", file("a.txt", KIRKUK), "--published", "2017-10-17", "--title", "A title")
    assert found.exit_code == 0, found.stderr
    for words in ("A title", "16 Oct 2017", "Assault", "Iraqi", "Kirkuk", "killed"):
        assert words in found.stdout
    assert not (data_dir / "store").exists()


def test_standard_input_is_read_and_json_is_one_line_for_each_article(run):
    found = run("read", "--json", "--published", "2017-10-17", given=KIRKUK)
    (line,) = found.stdout.splitlines()
    assert {event["type"] for event in json.loads(line)["events"]} == {"ASSAULT"}


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


# -- ingest


def test_the_same_article_twice_is_one_article(run, file, filled):
    found = run("ingest", file("again.txt", f"  {KIRKUK}\n"))
    assert found.exit_code == 0
    assert "0 new articles (1 known already)" in found.stdout
    with Store.open(filled, read_only=True) as store:
        assert store.extent().articles == 2


def test_ingest_counts_what_was_stored_and_what_was_not_placed(run, file):
    found = run("ingest", file("a.txt", "The minister condemned the attack."), "--published", "2017-10-16")
    with Store.open(settings().store, read_only=True) as store:
        counts = store.counts(View())
    assert "1 new article, " in found.stdout
    assert f"{counts.events:,} event" in found.stdout
    assert (f"{counts.not_placed:,} of them not placed" in found.stdout) == bool(counts.not_placed)


def test_good_files_are_stored_when_others_are_bad_and_the_code_says_so(run, file, tmp_path):
    found = run("ingest", tmp_path / "none.txt", file("a.pdf", b"%PDF-1.7\n"), file("a.txt", KIRKUK))
    assert found.exit_code == 1
    assert "1 new article" in found.stdout
    assert len(found.stderr.splitlines()) == 2


def test_nothing_is_stored_when_nothing_can_be_taken(run, file, data_dir):
    assert run("ingest", file("a.pdf", b"%PDF-1.7\n")).exit_code == 1
    assert not (data_dir / "store").exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:8501/", "file:///etc/passwd", "http://169.254.169.254/", "nonsense"])
def test_addresses_inside_this_network_are_refused(run, url):
    found = run("ingest", "--url", url)
    assert found.exit_code == 1
    assert is_one_sentence(found.stderr)


def test_a_page_is_fetched_and_stored_and_a_dead_one_is_told(run, monkeypatch):
    def fetch(url):
        if "dead" in url:
            msg = "The page did not come in time."
            raise FetchError(msg)
        return Article(text=KIRKUK, url=url)

    monkeypatch.setattr("geodata.sources.web.fetch_article", fetch)
    found = run("ingest", "--url", "https://a.example/1", "--url", "https://dead.example", "--published", "2017-10-16")
    assert found.exit_code == 1
    assert "dead.example: The page did not come in time." in found.stderr
    with Store.open(settings().store, read_only=True) as store:
        (row,) = store.articles()
    assert (row.url, row.published) == ("https://a.example/1", dt.date(2017, 10, 16))


def test_samples_are_stored(run, monkeypatch):
    few = [Article(text=KIRKUK, published=dt.date(2017, 10, 16)), Article(text=SINJAR)]
    monkeypatch.setattr("geodata.samples.sample_articles", lambda: few)
    assert "2 new articles" in run("ingest", "--samples").stdout


# -- export


def exported(run, tmp_path, kind, view):
    path = tmp_path / f"out.{kind}"
    found = run("export", "--view", view, "--format", kind, "-o", path)
    assert found.exit_code == 0, found.stderr
    return path.read_text(encoding="utf-8-sig")


def test_an_export_holds_exactly_what_the_view_lets_pass(run, tmp_path, filled):
    view = "v=1&region=IQ-KI"
    with Store.open(filled, read_only=True) as store:
        expected = store.counts(View(regions=("IQ-KI",))).events
        everything = store.counts(View()).events
    assert 0 < expected < everything
    table = exported(run, tmp_path, "csv", view)
    places = json.loads(exported(run, tmp_path, "geojson", f"http://127.0.0.1:8501/?{view}"))
    page = re.sub(r"</?(mark|strong|span|q)[^>]*>", "", exported(run, tmp_path, "html", f"?{view}"))
    assert len(table.splitlines()) == expected + 1
    assert len(places["features"]) == expected
    assert "entered Kirkuk" in page
    assert "attacked Sinjar" not in table + json.dumps(places) + page
    assert len(exported(run, tmp_path, "csv", "").splitlines()) == everything + 1


def test_a_view_that_cannot_be_applied_writes_nothing(run, tmp_path, filled):  # noqa: ARG001 - a store
    kept = tmp_path / "kept.csv"
    kept.write_text("kept")
    for view in ("region=atlantis", "actor=Nobody", "from=yesterday", "colour=red"):
        found = run("export", "--view", view, "--format", "csv", "-o", kept)
        assert found.exit_code == 2
        assert "Nothing was written" in found.stderr
    assert kept.read_text() == "kept"


def test_an_export_makes_no_store(run, tmp_path, data_dir):
    found = run("export", "--format", "csv", "-o", tmp_path / "x.csv")
    assert found.exit_code == 1
    assert is_one_sentence(found.stderr)
    assert not data_dir.exists()
    assert not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    ("view", "query"),
    [
        ("", ""),
        ("?from=2017-10-01", "?from=2017-10-01"),
        ("http://127.0.0.1:8501/?from=2017-10-01#x", "from=2017-10-01"),
        ("https://host/path", ""),
        ("http://[broken", "http://[broken"),
    ],
)
def test_a_view_is_an_address_or_its_query(view, query):
    assert query_of(view) == query


# -- gazetteer, doctor, serve


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
    monkeypatch.setattr(serve_module.os, "execv", lambda program, command: started.append((program, command)))
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
    monkeypatch.setattr(serve_module.os, "execv", lambda *_: None)
    assert "no login" in run("serve", "--address", "0.0.0.0").stderr  # noqa: S104
    assert run("serve", "--address", "192.0.2.1").exit_code == 2
    assert serve_module.url("::1", 80) == "http://[::1]:80"


# -- files and words


def test_a_file_is_whole_or_as_it_was(tmp_path):
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def half():
        with output(path) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with output(link) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    null = tmp_path / "null"
    null.symlink_to("/dev/null")
    with output(null) as file:
        file.write(b"gone")
    assert null.is_symlink()


def test_plain_text_is_one_line_of_printable_characters():
    assert plain("a\x1b[31m\nb\u202e\ud800 c") == "a [31m b c"
    assert plain("كركوك Kirkuk") == "كركوك Kirkuk"
    assert plain("abcdef", 4) == "abc…"
