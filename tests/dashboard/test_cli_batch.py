"""`conflictmap read --jsonl`: the contract of its lines, their order, and files that are never half-written."""

from __future__ import annotations

import io
import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.commands import batch
from dashboard.commands.batch import Line, lines_of, read_line
from geodata.errors import ModelError
from geodata.event import Reading
from geodata.settings import settings

KIRKUK = "Iraqi forces entered Kirkuk on Monday, killing three fighters."

# The keys and types that the batch format promises; more keys may follow.
OPTIONAL_NUMBER = (float, int, type(None))
OPTIONAL_TEXT = (str, type(None))
TOPONYM = {
    "start": int, "end": int, "text": str, "place_id": OPTIONAL_TEXT, "name": OPTIONAL_TEXT, "lat": OPTIONAL_NUMBER,
    "lon": OPTIONAL_NUMBER, "country": OPTIONAL_TEXT, "precision": OPTIONAL_TEXT, "confidence": (float, int),
}  # fmt: skip
EVENT = {
    "type": str, "mode": OPTIONAL_TEXT, "quad": int, "acled_like": OPTIONAL_TEXT, "source_actors": list, "target_actors": list,
    "date_start": OPTIONAL_TEXT, "date_end": OPTIONAL_TEXT, "date_precision": OPTIONAL_TEXT, "place": OPTIONAL_TEXT,
    "lat": OPTIONAL_NUMBER, "lon": OPTIONAL_NUMBER, "geo_precision": OPTIONAL_TEXT, "place_basis": OPTIONAL_TEXT,
    "fatalities": (int, type(None)), "fatalities_low": (int, type(None)),
    "fatalities_high": (int, type(None)), "injured": (int, type(None)), "quote": str, "start": int, "end": int, "confidence": (float, int),
}  # fmt: skip


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path, gazetteer_path):
    monkeypatch.setenv("CONFLICTMAP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(gazetteer_path))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def read(tmp_path):
    """Run a batch of records (or raw bytes), and return the lines of its output."""

    def call(*records, options=()):
        lines = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in records]
        (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines) + b"\n")
        arguments = ["read", "--jsonl", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", *options]
        found = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert found.exit_code == 0, found.stderr
        assert "Traceback" not in found.stderr
        call.said = found.stderr
        return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().split("\n") if line]

    return call


def has_types(value, types):
    return all(isinstance(value[key], kind) and not isinstance(value[key], bool) for key, kind in types.items())


def messages(line):
    return " ".join(problem["message"] for problem in line["problems"])


def test_lines_keep_the_contract(read):
    (line,) = read({"id": "a1", "text": KIRKUK, "title": "T", "published": "2017-10-16", "url": "", "source": "S"})
    assert list(line) == ["id", "toponyms", "events", "problems"]
    assert line["id"] == "a1"
    assert line["toponyms"]
    assert all(has_types(one, TOPONYM) for one in line["toponyms"])
    assert all(has_types(one, EVENT) for one in line["events"])
    (event,) = line["events"]
    assert (event["type"], event["quad"], event["fatalities"], event["date_start"]) == ("ASSAULT", 4, 3, "2017-10-16")
    assert KIRKUK[event["start"] : event["end"]] == event["quote"]
    assert "Iraqi forces" in event["source_actors"]
    assert line["problems"] == []


def test_order_is_kept_and_bad_lines_give_lines(read):
    found = read(
        {"id": "good", "text": KIRKUK, "published": "2017-10-16"},
        {"id": "empty", "text": "  "},
        {"id": 7, "text": None},
        b"",
        b'{"id": "broken", "text": "x',
        b"[1, 2]",
        b'{"id": "latin", "text": "caf\xe9"}',
        {"id": "long", "text": "Troops entered Kirkuk. " * 10_000},
        {"text": KIRKUK},
        {"id": 0, "text": KIRKUK, "published": "2017-10-16T23:30:00-05:00"},
    )
    assert [line["id"] for line in found[:7]] == ["good", "empty", 7, "broken", None, "latin", "long"]
    for line in found[1:7]:
        assert (line["toponyms"], line["events"], len(line["problems"])) == ([], [], 1)
    assert "UTF-8" in messages(found[5])
    assert "200,000" in messages(found[6])
    assert len(found[7]["id"]) == 16
    assert found[8]["id"] == 0
    assert found[8]["events"][0]["date_start"] == "2017-10-16"  # the Monday before Tuesday 17, UTC
    assert read.said.count("\n") == 1
    assert "6 could not be read" in read.said


@pytest.mark.parametrize("text", [
    "\ufeff" + KIRKUK, "😀😀 " + KIRKUK, "Zuerst\r\n\r\n" + KIRKUK, "\x00\x1b " + KIRKUK,
    "Cafe\u0301. " + KIRKUK, "\u2028" + KIRKUK, "  \t" + KIRKUK,
])  # fmt: skip
def test_offsets_are_characters_of_the_text_as_given(read, text):
    (line,) = read({"id": "a", "text": text, "published": "2017-10-16"})
    assert "Kirkuk" in [text[one["start"] : one["end"]] for one in line["toponyms"]]
    assert "Iraqi forces entered Kirkuk" in text[line["events"][0]["start"] : line["events"][0]["end"]]


def test_given_toponyms_are_placed_and_no_others_are_looked_for(read):
    text = "Troops went from Kirkuk to Erbil and Mosul."
    spans = [{"start": 17, "end": 23, "lat": "ignored"}, {"start": 27, "end": 32}]
    wrong = [{"start": 40, "end": 400}, {"start": 5, "end": 5}, {"start": "1", "end": 2}, 7, {"start": True, "end": 2}]
    found = read(
        {"id": 1, "text": text, "toponyms": spans},
        {"id": 2, "text": text, "toponyms": spans + wrong},
        {"id": 3, "text": text, "toponyms": []},
        {"id": 4, "text": text},
        {"id": 5, "text": text, "toponyms": "Kirkuk"},
        options=["--given-toponyms"],
    )
    names = [[one["text"] for one in line["toponyms"]] for line in found]
    assert names == [["Kirkuk", "Erbil"], ["Kirkuk", "Erbil"], [], ["Kirkuk", "Erbil", "Mosul"], []]
    assert [one["country"] for one in found[0]["toponyms"]] == ["IQ", "IQ"]
    assert messages(found[1]).count("was left out") == 5
    assert "no list" in messages(found[4])


def test_values_that_cannot_be_used_are_left_out_and_told(read):
    (line,) = read({"id": "a", "text": KIRKUK, "title": 5, "published": "16.10.2017", "url": ["x"]})
    assert line["toponyms"]
    for name in ("title", "published", "url"):
        assert name in messages(line).replace("date of publication", "published")


def test_the_output_may_be_the_input(tmp_path):
    path = tmp_path / "both.jsonl"
    path.write_text(json.dumps({"id": "a", "text": KIRKUK}) + "\n")
    assert CliRunner().invoke(app, ["read", "--jsonl", str(path), "-o", str(path)]).exit_code == 0
    assert json.loads(path.read_text())["toponyms"]


def test_standard_input_and_output_do_as_well():
    line = json.dumps({"id": "a", "text": KIRKUK})
    found = CliRunner().invoke(app, ["read", "--jsonl", "-"], input=line + "\n" + line)
    assert [json.loads(one)["id"] for one in found.stdout.splitlines()] == ["a", "a"]


def test_a_batch_that_breaks_off_leaves_the_old_output(tmp_path, monkeypatch):
    (tmp_path / "in.jsonl").write_text(f"{json.dumps({'text': KIRKUK})}\n" * 3)
    (tmp_path / "out.jsonl").write_text("old")
    calls = []

    def broken(*_args, **_kwargs):
        calls.append(1)
        if len(calls) > 1:
            msg = "The model is gone."
            raise ModelError(msg)
        return batch.Answer(b"{}\n", 1)

    monkeypatch.setattr(batch, "read_line", broken)
    found = CliRunner().invoke(app, ["read", "--jsonl", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.jsonl")])
    assert (found.exit_code, found.stderr) == (1, "The model is gone.\n")
    assert (tmp_path / "out.jsonl").read_text() == "old"
    assert not list(tmp_path.glob(".*"))


def test_an_input_that_is_not_there_is_one_sentence(tmp_path):
    found = CliRunner().invoke(app, ["read", "--jsonl", str(tmp_path / "none"), "-o", str(tmp_path / "out")])
    assert found.exit_code == 1
    assert found.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_several_processes_give_the_same_lines_in_the_same_order(read):
    towns = ("Kirkuk", "Mosul", "Erbil", "Baghdad", "Basra")
    records = [{"id": n, "text": f"Troops entered {towns[n % 5]} on day {n}."} for n in range(60)]
    records[30] = b"broken"
    assert read(*records, options=["--processes", "2"]) == read(*records)


# Without the reader


class Nothing:
    """A reader that finds nothing, and breaks at one word."""

    def read(self, article, *, given=None):  # noqa: ARG002 - as the reader
        if "bad" in article.text:
            msg = "inner detail"
            raise KeyError(msg)
        return Reading(article=article, mentions=(), events=())


def test_a_text_that_breaks_the_reader_gives_a_line_without_details():
    answer = read_line(Nothing(), Line(1, b'{"id": "x", "text": "A bad text."}', 10))
    assert answer.failed
    assert "inner detail" in answer.trace
    assert b"inner detail" not in answer.out
    assert json.loads(answer.out)["id"] == "x"


def test_a_line_without_end_is_cut_and_told(monkeypatch):
    monkeypatch.setattr(batch, "MAX_LINE_BYTES", 100)
    exact = b'{"id":"c","text":"' + b"a b " * 20 + b'"}'
    assert len(exact) == 100
    long = b'{"id": "b", "text": "' + b"x" * 1000 + b'"}'
    lines = list(lines_of(io.BytesIO(b'{"id": "a"}\n' + long + b"\n" + exact + b"\n" + exact + b"\r\n" + long)))
    assert [line.cut for line in lines] == [False, True, False, False, True]
    answers = [json.loads(read_line(Nothing(), line).out) for line in lines]
    assert [answer["id"] for answer in answers] == ["a", "b", "c", "c", "b"]
    assert "at most" in messages(answers[1])


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["id", "text", "title", "published", "url", "source", "toponyms"])


@given(st.lists(st.dictionaries(KEYS, JSON).map(lambda one: json.dumps(one).encode()) | JSON.map(
    lambda one: json.dumps(one).encode()) | st.binary(max_size=60), max_size=4), st.booleans())  # fmt: skip
def test_whatever_comes_each_line_gives_one_line_of_json(records, spans):
    data = b"\n".join(records)
    lines = [line for number, line in enumerate(data.split(b"\n"))
             if (line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line).strip()]  # fmt: skip
    answers = [read_line(Nothing(), line, given=spans).out for line in lines_of(io.BytesIO(data))]
    assert len(answers) == len(lines)
    for answer in answers:
        assert answer.count(b"\n") == 1
        out = json.loads(answer, parse_constant=pytest.fail)
        assert list(out) == ["id", "toponyms", "events", "problems"]


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30))))
def test_only_spans_inside_the_text_reach_the_reader(text, spans):
    seen = []
    reader = SimpleNamespace(
        read=lambda article, given: seen.append((article, given)) or Reading(article=article, mentions=(), events=())
    )
    record = {"text": text, "toponyms": [{"start": start, "end": end} for start, end in spans]}
    read_line(reader, Line(1, json.dumps(record).encode(), 1), given=True)
    for article, got in seen:
        assert len(article.text) == len(text)
        assert got == list(dict.fromkeys((a, b) for a, b in spans if 0 <= a < b <= len(text)))
