"""Telling of new events of a view, once each: what is new, in which messages, and when it counts as told."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from geodata.sharing.messages import MOST_EVENTS, message_of
from geodata.store.lists import some
from geodata.store.recent import ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geodata.sharing.messages import About, Message
    from geodata.sharing.outbox import Outbox
    from geodata.store import Store
    from geodata.view import View

_KEY_BYTES = 12


class Channel(Protocol):
    """A way to tell somebody."""

    def check(self) -> None:
        """Look whether anything can be sent, or raise a `DeliveryError`."""

    def deliver(self, message: Message) -> None:
        """Send a message, or raise a `DeliveryError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a run did: events and messages that were delivered, those of earlier runs among them.

    `first` says that it only noted what is there already, `known` how many events that were.
    """

    events: int = 0
    messages: int = 0
    first: bool = False
    known: int = 0


def watch(
    store: Store,
    view: View,
    outbox: Outbox,
    channel: Channel,
    about: About,
    *,
    safety: str,
    from_start: bool,
    name_of: Callable[[str], str],
) -> Told:
    """Tell of the events of a view that nobody was told of.

    Parameters
    ----------
    store
        As it may be shared.
    view
        Which events.
    outbox
        What was told before.
    channel
        Where messages go.
    about
        What is said of all events.
    safety
        `Safety.key` of what the store leaves out.
    from_start
        Whether the first run tells of the events that are there already; else it only notes them.
    name_of
        From the id of a region to its name.

    Raises
    ------
    DeliveryError
        If a message was not taken: it is kept, and those behind it, for the next run.
    SafetyError
        If the view must not be shared.
    StoreError
        If the store cannot be read.
    """
    store.check(view)
    outbox.withdraw(safety=safety)
    told = _send(outbox, channel)
    if not outbox.is_begun and not from_start:
        known = outbox.unknown(ids(store, view))
        outbox.begin(_pieces(known))
        return Told(first=True, known=len(known))
    new = outbox.unknown(ids(store, view))
    for message, its in messages(store, new, about, name_of=name_of):
        outbox.put(message, its, safety=safety)
    outbox.begin()
    fresh = _send(outbox, channel)
    return Told(events=len(new), messages=told + fresh)


def messages(
    store: Store, new: Sequence[str], about: About, *, name_of: Callable[[str], str]
) -> Iterator[tuple[Message, list[str]]]:
    """Yield messages about events, each with the ids of its events.

    Parameters
    ----------
    store, about, name_of
        See `watch`.
    new
        Ids of events, in the order in which they are told.
    """
    now = dt.datetime.now(tz=dt.UTC)
    pieces = list(_pieces(new))
    for number, piece in enumerate(pieces, 1):
        key = f"cm_{secrets.token_hex(_KEY_BYTES)}"
        made = message_of(
            some(store, piece), about, key=key, part=number, parts=len(pieces), total=len(new), now=now, name_of=name_of
        )
        yield made, list(piece)


def _pieces(ids_: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids_), MOST_EVENTS):
        yield ids_[start : start + MOST_EVENTS]


def _send(outbox: Outbox, channel: Channel) -> int:
    """Send what waits, in order; return how many messages that were."""
    waiting = outbox.waiting()
    for message in waiting:
        channel.deliver(message)
        outbox.delivered(message)
    return len(waiting)
