"""What may leave this installation: how exactly, how soon, with whose names and words. Pure.

The settings hold for everything that is shared (snapshots, exports, feeds, messages, from the screen as
from the command line), not for the dashboard itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.errors import SafetyError
from geodata.event import Precision

if TYPE_CHECKING:
    from geodata.settings import Settings

PRECISIONS = (Precision.SETTLEMENT, Precision.DISTRICT, Precision.PROVINCE)
_FINEST_FIRST = tuple(Precision)
MOST_HOURS = 10 * 365 * 24
_YES, _NO = frozenset({"yes", "true", "on", "1"}), frozenset({"no", "false", "off", "0"})
_KEY = re.compile(
    r"(?:(?P<precision>settlement|district|province) ?)?(?:(?P<hours>\d{1,6})h ?)?(?P<persons>persons ?)?(?P<quotes>quotes)?"
)
_PLURAL = {Precision.SETTLEMENT: "settlements", Precision.DISTRICT: "districts", Precision.PROVINCE: "provinces"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """What is left out of, or made coarser in, everything that is shared. By default nothing.

    Parameters
    ----------
    precision
        No place is shared closer than this (settlement, district or province); None for as close as it is known.
    delay_hours
        Events are left out for so many hours after their article was published, counted from the end of that
        day (UTC); where that day is not surely known, after the article was added here.
    hide_persons
        Persons among the actors are told by what they are, and their names are taken out of quotes and titles.
    drop_quotes
        The sentences of the articles are left out.
    """

    precision: Precision | None = None
    delay_hours: int = 0
    hide_persons: bool = False
    drop_quotes: bool = False

    @property
    def is_on(self) -> bool:
        """Whether anything is left out or made coarser."""
        return self != Safety()

    @property
    def key(self) -> str:
        """The same as a short text for programs: "district 48h persons quotes"; empty for nothing."""
        parts = [
            self.precision.value if self.precision else "",
            f"{self.delay_hours}h" if self.delay_hours else "",
            "persons" if self.hide_persons else "",
            "quotes" if self.drop_quotes else "",
        ]
        return " ".join(part for part in parts if part)

    @property
    def words(self) -> str:
        """The same as a sentence for people; empty for nothing."""
        parts = [
            f"places are given no closer than {_PLURAL[self.precision]}" if self.precision else "",
            f"reports are held back for {_span(self.delay_hours)} after publication" if self.delay_hours else "",
            "persons are not named" if self.hide_persons else "",
            "quotes are left out" if self.drop_quotes else "",
        ]
        said = [part for part in parts if part]
        if not said:
            return ""
        joined = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
        return f"For the safety of the people concerned, {joined}."

    def stricter(self, other: Safety) -> Safety:
        """Return what leaves out all that either of the two does."""
        known = [one for one in (self.precision, other.precision) if one]
        return Safety(
            precision=max(known, key=_FINEST_FIRST.index) if known else None,
            delay_hours=max(self.delay_hours, other.delay_hours),
            hide_persons=self.hide_persons or other.hide_persons,
            drop_quotes=self.drop_quotes or other.drop_quotes,
        )


def safety_from_key(key: str) -> Safety:
    """Read what `Safety.key` wrote.

    Raises
    ------
    ValueError
        If the text is none of these.
    """
    found = _KEY.fullmatch(key)
    if found is None:
        msg = "This is no key of safety settings."
        raise ValueError(msg)
    return Safety(
        precision=Precision(found["precision"]) if found["precision"] else None,
        delay_hours=int(found["hours"] or 0),
        hide_persons=bool(found["persons"]),
        drop_quotes=bool(found["quotes"]),
    )


def safety_of(settings: Settings) -> Safety:
    """Return what the settings of an installation ask for.

    Raises
    ------
    SafetyError
        If one of them cannot be read: then nothing is shared, because what was meant is not known.
    """
    return Safety(
        precision=_precision(settings.share_precision),
        delay_hours=_hours(settings.share_delay_hours),
        hide_persons=not _yes("SHARE_PERSONS", settings.share_persons),
        drop_quotes=not _yes("SHARE_QUOTES", settings.share_quotes),
    )


def is_finer(precision: Precision, limit: Precision) -> bool:
    """Tell whether a place of this precision is known more closely than a limit allows."""
    return _FINEST_FIRST.index(precision) < _FINEST_FIRST.index(limit)


_PRECISION, _HOURS = "SHARE_PRECISION", "SHARE_DELAY_HOURS"


def _precision(text: str) -> Precision | None:
    if not text or text == Precision.SITE.value:
        return None
    if text not in set(PRECISIONS):
        raise _unreadable(_PRECISION, text, "use settlement, district or province, or leave it empty")
    return Precision(text)


def _hours(text: str) -> int:
    if not text:
        return 0
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or int(text) > MOST_HOURS:
        raise _unreadable(_HOURS, text, "use a whole number of hours such as 48")
    return int(text)


def _yes(name: str, text: str) -> bool:
    if text in _YES or not text:
        return True
    if text in _NO:
        return False
    raise _unreadable(name, text, "use yes or no")


def _unreadable(name: str, text: str, what_to_do: str) -> SafetyError:
    shown = "".join(sign if sign.isprintable() else " " for sign in text)[:40]
    return SafetyError(f"CONFLICTMAP_{name} is “{shown}”, so nothing can be shared safely: {what_to_do}.")


def _span(hours: int) -> str:
    return "1 hour" if hours == 1 else f"{hours:,} hours"
