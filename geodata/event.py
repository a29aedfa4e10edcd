"""An event: one report of one happening in one article, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from geodata.article import Article
    from geodata.ontology import Context, EventType, Quad


class Precision(StrEnum):
    """How exactly a place is known."""

    SITE = "site"
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    PROVINCE = "province"
    COUNTRY = "country"

    @property
    def radius_km(self) -> float | None:
        """Radius within which the true place lies; None where the area itself must be drawn."""
        return {"site": 1.0, "settlement": 5.0, "district": 25.0}.get(self.value)

    @property
    def is_area(self) -> bool:
        """Whether only an area is known, so that a dot would claim too much."""
        return self in (Precision.PROVINCE, Precision.COUNTRY)


class PlaceBasis(StrEnum):
    """How the place of an event is known, best first."""

    CLAUSE = "clause"  # named in the clause of the act
    SENTENCE = "sentence"  # named elsewhere in the sentence
    ANAPHORA = "anaphora"  # "there", "the city" stands for a place named before
    PARAGRAPH = "paragraph"  # the last place named in the paragraph
    HEADLINE = "headline"
    DATELINE = "dateline"
    ACTOR_SEAT = "actor seat"  # where the speaking government sits


class DatePrecision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class DateBasis(StrEnum):
    """How the date of an event is known, best first."""

    NAMED = "named"  # written out in the sentence
    RELATIVE = "relative"  # "on Monday", "yesterday", counted from publication
    CARRIED = "carried over"  # the last date named before, still holding
    PUBLICATION = "publication"  # nothing named: taken to be the day of publication


class ActorKind(StrEnum):
    """What an actor is."""

    GOVERNMENT = "government"
    STATE_FORCES = "state forces"
    REBEL_GROUP = "rebel group"
    MILITIA = "militia"
    PARTY = "party"
    CIVILIANS = "civilians"
    PROTESTERS = "protesters"
    INTERNATIONAL = "international organisation"
    CIVIL_SOCIETY = "civil society"
    BUSINESS = "business"
    MEDIA = "media"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts or is acted upon.

    `text` is how the article says it, `name` the canonical name (the text itself when the
    actor is in no list), `country` an ISO 3166-1 alpha-2 code or empty.
    """

    name: str
    text: str
    kind: ActorKind = ActorKind.UNKNOWN
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the gazetteer.

    `lat`, `lon` are decimal degrees, WGS 84. For a province or a country they only say where a
    label goes: draw the area `admin1` or `country` instead. `country` is ISO 3166-1 alpha-2,
    `admin1` ISO 3166-2 (for example ``IQ-KI``), both empty where none applies.
    """

    id: str
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    precision: Precision
    kind: str  # "town", "air base", "oil field", "province", ...
    population: int = 0

    def in_words(self, name_of: Callable[[str], str]) -> str:
        """Name it with its province and country, as far as these say more than its own name.

        Parameters
        ----------
        name_of
            From the code of a country or a province to its name.
        """
        parts = [self.name]
        for code in (self.admin1, self.country):
            name = name_of(code) if code else ""
            if name and name not in parts:
                parts.append(name)
        return ", ".join(parts)


class SpanKind(StrEnum):
    """What a marked piece of the evidence shows."""

    VERB = "verb"
    SOURCE = "source"
    TARGET = "target"
    PLACE = "place"
    DATE = "date"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A marked piece of an article's text: characters `start` (included) to `end` (excluded)."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Considered:
    """A place that a name was weighed as.

    `score` is in logits and counts only against the others of the same name; `why` says in words why the
    place was not taken, and is empty for the one that was.
    """

    place: Place
    score: float
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place name in an article, and the place it stands for.

    `place` is None when it could not be resolved; `reason` then says why, in words.
    `metonymic` marks a name that stands for a government or an organisation ("Baghdad says").
    `confidence` is between 0 and 1. `considered` holds the likeliest places of the name, best first.
    """

    start: int
    end: int
    text: str
    place: Place | None
    confidence: float
    metonymic: bool = False
    reason: str = ""
    considered: tuple[Considered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One report of one happening in one article.

    Parameters
    ----------
    id
        From the article's id and the content, so that the same report has the same id.
    start, end
        The quote's characters in the article's text.
    quote
        The sentence that reports the happening.
    spans
        Pieces of the quote to mark; offsets are characters of the article's text.
    place
        None when it could not be placed; `unplaced_reason` then says why, in words.
    regions
        Ids of all regions that surely hold the place: country, admin-1, named regions.
    date_start, date_end
        First and last possible day, inclusive, UTC; both None when not dated, and
        `undated_reason` then says why.
    fatalities, fatalities_low, fatalities_high
        Deaths as stated in the quote, and the least and the most that it allows; None where it states none.
    injured
        People hurt, as stated in the quote, or None when it states none.
    confidence
        Between 0 and 1.
    """

    id: str
    article_id: str
    type: EventType
    mode: str = ""
    quad: Quad
    contexts: tuple[Context, ...] = ()
    source_actors: tuple[Actor, ...] = ()
    target_actors: tuple[Actor, ...] = ()
    date_start: dt.date | None = None
    date_end: dt.date | None = None
    date_precision: DatePrecision | None = None
    date_basis: DateBasis | None = None
    undated_reason: str = ""
    place: Place | None = None
    place_text: str = ""
    place_basis: PlaceBasis | None = None
    unplaced_reason: str = ""
    regions: tuple[str, ...] = ()
    fatalities: int | None = None
    fatalities_low: int | None = None
    fatalities_high: int | None = None
    injured: int | None = None
    start: int
    end: int
    quote: str
    spans: tuple[Span, ...] = ()
    claimed_by: str = ""  # who says so, when the report is somebody's claim
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, placed or dated, in one sentence for a person."""

    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in one article."""

    article: Article
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...] = ()
