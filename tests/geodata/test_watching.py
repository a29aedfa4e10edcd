"""Who follows a view hears of each new event once, whatever breaks in between: against real servers of this machine."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from told_messages import ABOUT, message, reading_of

from geodata.errors import DeliveryError
from geodata.sharing.outbox import Outbox
from geodata.sharing.watching import watch
from geodata.store import Store
from geodata.view import View

if TYPE_CHECKING:
    from geodata.sharing.messages import Message


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "store") as opened:
        opened.write([reading_of("The first."), reading_of("The second.")])
        yield opened


@pytest.fixture
def run(tmp_path, store):
    def tell(channel, *, from_start=False, safety="", view=View()):  # noqa: B008  frozen
        with Outbox(tmp_path / "watch.sqlite", subject="v=1 me") as outbox:
            return watch(store, view, outbox, channel, ABOUT, safety=safety, from_start=from_start, name_of=str)

    return tell


class Recorder:
    """A channel that remembers, and fails when told so; `after` fails once the message was taken."""

    def __init__(self):
        self.got: list[Message] = []
        self.before = self.after = False

    def check(self):
        pass

    def deliver(self, made):
        if self.before:
            raise DeliveryError
        self.got.append(made)
        if self.after:
            raise KeyboardInterrupt

    @property
    def quotes(self):
        return [event["quote"] for made in self.got for event in json.loads(made.body)["events"]]


def test_each_new_event_is_told_once(run, store):
    channel = Recorder()
    first = run(channel)
    assert (first.first, first.known, channel.got) == (True, 2, [])
    assert run(channel).messages == 0
    store.write([reading_of("The third.")])
    assert run(channel).events == 1
    assert run(channel).messages == 0
    assert channel.quotes == ["The third."]


def test_the_first_run_can_tell_of_what_is_there(run, store):
    channel = Recorder()
    assert run(channel, from_start=True).events == 2
    assert sorted(channel.quotes) == ["The first.", "The second."]
    assert run(channel, from_start=True).messages == 0
    store.write([reading_of(f"Number {n}.") for n in range(120)])
    assert run(channel).messages == 3
    assert len(channel.quotes) == len(set(channel.quotes)) == 122


def test_a_filter_holds(run, store):
    channel = Recorder()
    run(channel, view=View(text="market"))
    store.write([reading_of("Shells hit a market."), reading_of("A bridge was blown up.")])
    run(channel, view=View(text="market"))
    assert channel.quotes == ["Shells hit a market."]


def test_what_was_not_taken_is_sent_by_the_next_run_under_the_same_key(run, store):
    channel = Recorder()
    run(channel)
    store.write([reading_of("The third.")])
    channel.before = True
    with pytest.raises(DeliveryError):
        run(channel)
    store.write([reading_of("The fourth.")])
    channel.before = False
    run(channel)
    assert channel.quotes == ["The third.", "The fourth."]
    assert len({made.key for made in channel.got}) == 2


def test_killed_after_the_delivery_the_same_message_comes_again_word_for_word(run, store):
    channel = Recorder()
    run(channel)
    store.write([reading_of("The third.")])
    channel.after = True
    with pytest.raises(KeyboardInterrupt):
        run(channel)
    channel.after = False
    run(channel)
    assert len(channel.got) == 2
    assert channel.got[0] == channel.got[1]
    assert run(channel).messages == 0


@pytest.mark.parametrize("killed_at", ["put", "delivered", "begin"])
def test_killed_at_any_step_nothing_is_lost(run, store, monkeypatch, killed_at):
    channel = Recorder()
    run(channel)
    store.write([reading_of("The third.")])
    with monkeypatch.context() as patch:

        def killed(*_args, **_kwargs):
            raise KeyboardInterrupt

        patch.setattr(Outbox, killed_at, killed)
        with pytest.raises(KeyboardInterrupt):
            run(channel)
    run(channel)
    run(channel)
    assert set(channel.quotes) == {"The third."}
    assert len({made.key for made in channel.got}) == 1


def test_what_waits_is_written_anew_under_other_safety_settings(run, store):
    channel = Recorder()
    run(channel)
    store.write([reading_of("The third.")])
    channel.before = True
    with pytest.raises(DeliveryError):
        run(channel)
    channel.before = False
    run(channel, safety="persons")
    assert channel.quotes == ["The third."]


def test_two_runs_at_once_and_other_peoples_files_are_refused(tmp_path):
    path = tmp_path / "watch.sqlite"
    with Outbox(path, subject="one"), pytest.raises(DeliveryError, match="Another run"):
        Outbox(path, subject="one")
    with pytest.raises(DeliveryError, match="another view"):
        Outbox(path, subject="two")
    Outbox(path, subject="one").close()
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(DeliveryError, match="--state"):
        Outbox(path, subject="one")
    assert not (tmp_path / "nothing").exists()


def test_the_file_holds_no_half_message(tmp_path):
    made = message()
    with Outbox(tmp_path / "watch.sqlite", subject="one") as outbox:
        outbox.put(made, ["e1"], safety="")
        with pytest.raises(DeliveryError):  # the same key again: refused as a whole
            outbox.put(made, ["e2"], safety="")
        assert outbox.waiting() == [made]
        assert outbox.unknown([["e1", "e2"]]) == ["e2"]
    with sqlite3.connect(tmp_path / "watch.sqlite") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
