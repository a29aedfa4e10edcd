"""Where an act happened, and how that is known.

The place in the clause of the act comes first, then the sentence, then what "there" or "the city"
stands for, the paragraph, the headline, the dateline. What is said is said where the report was
filed, whatever place it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.event import Mention, PlaceBasis, Precision
from geodata.ontology import EventType, Quad
from geodata.reading.countries import countries
from geodata.reading.grammar import clause_of, governors
from geodata.reading.speech import verbs_of_speech
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Span, Token

    from geodata.event import Place
    from geodata.reading.act import Act
    from geodata.reading.passages import Passage

_AT = frozenset({"in", "at", "near", "outside", "inside", "around", "on", "within", "across", "throughout", "along",
                 "above", "over", "off", "beside", "beyond", "north", "south", "east", "west"})  # fmt: skip
_TO = frozenset({"to", "into", "toward", "towards", "onto", "for"})
_FROM = frozenset({"from", "out"})
_SPOKEN = frozenset({Quad.VERBAL_COOPERATION, Quad.VERBAL_CONFLICT})
_SEATED = frozenset({"in", "at"})
_GOING = frozenset({"visit", "travel", "fly", "arrive", "go", "come", "tour", "land"})
_SIGNING = frozenset({"sign", "ratify", "seal", "initial", "conclude", "ink", "finalise", "finalize"})
_BORDERS = frozenset({"border", "frontier", "boundary"})
_MOVING = frozenset({EventType.MOBILIZE, EventType.AID, EventType.CONSULT})

# What "the city" and the like may stand for.
_STANDS_FOR: dict[str, frozenset[Precision]] = (
    dict.fromkeys(("city", "town", "village", "capital", "settlement", "port"), frozenset({Precision.SETTLEMENT}))
    | dict.fromkeys(("province", "governorate", "region", "state"), frozenset({Precision.PROVINCE}))
    | dict.fromkeys(
        ("camp", "base", "airport", "airbase", "crossing", "dam", "field", "refinery", "checkpoint", "mountain"),
        frozenset({Precision.SITE}),
    )
    | dict.fromkeys(
        ("district", "area", "neighbourhood", "neighborhood"),
        frozenset({Precision.DISTRICT, Precision.SETTLEMENT, Precision.SITE}),
    )
)
_THERE = frozenset({"there"})


@dataclass(frozen=True, slots=True)
class Where:
    """A place and how it is known; `start` and `end` are the words that say so."""

    mention: Mention
    basis: PlaceBasis
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Background:
    """What the article as a whole says of places: fall-backs, in the order in which they are tried."""

    mentions: tuple[Mention, ...]  # all of the text, in order
    headline: tuple[Mention, ...] = ()
    dateline: Mention | None = None
    home: str = ""
    capital_of: Callable[[str], Place | None] = lambda _: None  # from a country code


def find_place(
    act: Act, sentence: Span, passage: Passage, background: Background, last: Where | None = None
) -> Where | None:
    """Find the place of an act, or None when nothing says where.

    Parameters
    ----------
    act, sentence, passage
        The act and where it is reported.
    background
        The places of the whole article.
    last
        Where the last deed before it in the article happened.
    """
    spoken = is_declared(act)
    named = _within(_named(act, sentence, passage, spoken=spoken), background, spoken=spoken)
    if named is not None and named.basis is PlaceBasis.CLAUSE:
        return named
    anaphor = _anaphor(act, sentence, passage, background, spoken=spoken)
    if anaphor is not None:
        return anaphor
    if named is not None and not spoken:
        return named
    if spoken:
        dateline = background.dateline
        return Where(dateline, PlaceBasis.DATELINE, dateline.start, dateline.end) if dateline else None
    return _from_around(act, passage, background, last)


def is_declared(act: Act) -> bool:
    """Tell whether an act happens where somebody declares it: what is said or signed, and ties that are cut."""
    signed = act.type is EventType.COOPERATE and act.verb.lemma_.lower() in _SIGNING
    return act.type.quad in _SPOKEN or signed or (act.type is EventType.SANCTION and act.rule.mode != "convict")


def _within(where: Where | None, background: Background, *, spoken: bool) -> Where | None:
    """Prefer the town of the dateline to the country around it, for what is said: "signed in South Africa"."""
    town = background.dateline
    if not spoken or where is None or town is None or where.mention.place is None or town.place is None:
        return where
    wide = where.mention.place.precision is Precision.COUNTRY and where.mention.place.country == town.place.country
    return Where(town, PlaceBasis.DATELINE, town.start, town.end) if wide else where


# -- in the sentence ------------------------------------------------------------------------


def _usable(mention: Mention) -> bool:
    return mention.place is not None and not mention.metonymic


def _named(act: Act, sentence: Span, passage: Passage, *, spoken: bool) -> Where | None:
    """Weigh the places named in the sentence by how they hang on the act."""
    seen: set[int] = set()
    best: tuple[float, Where] | None = None
    for token in sentence:
        mention = passage.places.get(token.i)
        if mention is None or id(mention) in seen or not _usable(mention):
            continue
        seen.add(id(mention))
        head = _head(mention, passage)
        if passage.is_inside_name(mention):
            continue  # "the Kirkuk Provincial Council"
        weight = _weight(act, head, passage, spoken=spoken)
        if weight <= 0 or _is_capital_of(head, mention) or _is_neighbour(head, mention):
            continue
        if mention.place is not None and mention.place.precision is Precision.COUNTRY:
            weight -= 1.2
        elif mention.place is not None and mention.place.precision is Precision.PROVINCE:
            weight -= 0.3
        # Of equals the nearer one, slightly preferring what follows the verb.
        distance = abs(head.i - act.trigger.i) + (0 if head.i > act.trigger.i else 2)
        weight -= min(distance, 40) / 100
        basis = PlaceBasis.CLAUSE if weight >= _IN_CLAUSE else PlaceBasis.SENTENCE
        if best is None or weight > best[0]:
            best = weight, Where(mention, basis, mention.start, mention.end)
    return best[1] if best else None


_IN_CLAUSE = 1.5


def _is_neighbour(head: Token, mention: Mention) -> bool:
    """Tell "near the frontier with Mali": it happened on this side."""
    wide = mention.place is not None and mention.place.precision is Precision.COUNTRY
    return wide and head.dep_ == "pobj" and head.head.lower_ == "with" and head.head.head.lemma_.lower() in _BORDERS


def _is_capital_of(head: Token, mention: Mention) -> bool:
    """Tell "the capital of Iraq": the capital is meant, not the country."""
    wide = mention.place is not None and mention.place.precision is Precision.COUNTRY
    return wide and any(token.lemma_.lower() == "capital" for token in (head.head, head.head.head))


def _head(mention: Mention, passage: Passage) -> Token:
    tokens = passage.tokens_of(mention.start, mention.end)
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside or token.head == token), tokens[-1])


def _weight(act: Act, head: Token, passage: Passage, *, spoken: bool) -> float:
    """Weigh how strongly a place is tied to an act: 5 at it, 3 in its clause, 1 elsewhere in the sentence."""
    link, governor = _attachment(head)
    own = {act.trigger.i, act.verb.i}
    if spoken:
        return _weight_of_speech(act, head, link, governor)
    at_act = governor is not None and governor.i in own
    things = {token.i for token in (*act.targets, *act.sources)}
    of_speaker = (
        act.speaker is not None and act.speaker.i not in things and _hangs_on_speaker(act.speaker, head, governor, link)
    )
    # "A tourist from Canada was killed": not there.
    of_victim = act.type is EventType.ASSAULT and link in _FROM and not at_act and head.i not in things
    if of_speaker or of_victim:
        return 0.0
    if at_act and link in _AT | _TO | _FROM:
        return _weight_at_act(act, link)
    if head.i in things:
        return _as_participant(act, head)
    if governor is not None and (governor.i in things or any(token.i in things for token in governors(head))):
        if _names_whose(head, governor, link, passage):
            return 0.0
        return 4.0 if link in _AT | {"of", "compound", "poss"} else 3.0
    if any(token.i in own for token in governors(head)):
        return 3.0 if clause_of(head).i in own else 2.2
    return 1.0 if clause_of(head) in {act.verb, act.verb.head} else 0.8


def _weight_of_speech(act: Act, head: Token, link: str, governor: Token | None) -> float:
    """Weigh only what hangs on the act itself or on the speaker: "met in Ankara", "the ministry in Baghdad"."""
    if governor is None:
        return 0.0
    at_act = governor.i in {act.trigger.i, act.verb.i}
    if link in _AT and (at_act or governor.i in verbs_of_speech(act.verb)):
        return 5.0
    if link in _SEATED and governor.i in {token.i for token in act.sources}:
        return 4.2
    if act.type is not EventType.CONSULT:
        return 0.0
    goes_there = act.rule.mode == "visit" or act.verb.lemma_ in _GOING
    visited = goes_there and (head.i in {token.i for token in act.targets} or (at_act and link in _TO | {"dobj"}))
    return 4.5 if visited else 0.0


def _hangs_on_speaker(speaker: Token, head: Token, governor: Token | None, link: str) -> bool:
    """Tell whether a place only says where the speaker is: "said in Baghdad", "an officer in Erbil said"."""
    if speaker in set(governors(head)):
        return True
    return governor is not None and link in _AT and governor == speaker.head


def _weight_at_act(act: Act, link: str) -> float:
    """Weigh a place that a preposition ties to the act: "in", "into", "from"."""
    if link in _AT:
        return 5.0
    if link in _TO:
        return 4.5 if act.type in _MOVING or act.type is EventType.ASSAULT else 3.0
    return 4.5 if act.type is EventType.RETREAT else 2.5


def _as_participant(act: Act, head: Token) -> float:
    """Weigh a place that is itself the object or the subject: "captured Kirkuk", "Kirkuk voted"."""
    if any(head.i == token.i for token in act.targets):
        return 4.8
    return 3.5 if act.type in {EventType.VOTE, EventType.PROTEST} else 0.5


def _attachment(head: Token) -> tuple[str, Token | None]:
    """Return how a place hangs in the sentence: the preposition or label, and what it hangs on."""
    token = head
    while token.dep_ in {"conj", "appos"} and token.head != token:
        token = token.head
    if token.dep_ == "pobj":
        prep = token.head
        governor = prep.head
        if governor.dep_ == "prep" or (governor.pos_ == "ADP" and prep.dep_ == "prep"):
            governor = governor.head  # "from inside Syria"
        # "in the town of Kirkuk", "south of Kirkuk": the noun before carries the relation.
        if prep.lower_ in {"of", "from"} and governor.lemma_.lower() in _CARRIERS:
            return _attachment(governor) if governor.dep_ in {"pobj", "conj"} else ("in", governor.head)
        return prep.lower_, governor
    if token.dep_ in {"compound", "nmod", "amod", "poss"} and token.head.lemma_.lower() in _CARRIERS:
        return _attachment(token.head)
    return token.dep_, token.head


_CARRIERS = word_set(
    """city town village province governorate district region area outskirts suburb suburbs north south east west northeast
    northwest southeast southwest part side edge centre center airport base border kilometre kilometer mile km camp
    field crossing countryside front frontline capital state vicinity neighbourhood neighborhood peninsula valley mountain
    island oilfield dam"""
)


def _names_whose(head: Token, governor: Token, link: str, passage: Passage) -> bool:
    """Whether the place only says whose somebody is: "the forces of Iraqi Kurdistan"."""
    mention = passage.places.get(head.i)
    wide = mention is not None and mention.place is not None and mention.place.precision.is_area
    return wide and link in {"of", "poss", "compound", "amod", "nmod"} and governor.i not in passage.places


# -- what stands for a place named before ----------------------------------------------------


def _anaphor(act: Act, sentence: Span, passage: Passage, background: Background, *, spoken: bool) -> Where | None:
    for token in sentence:
        wanted = _STANDS_FOR.get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
        there = token.lower_ in _THERE and token.dep_ in {"advmod", "pobj", "pcomp", "npadvmod"}
        if wanted is None and not there:
            continue
        if wanted is not None and not any(c.lower_ in {"the", "this", "that"} for c in token.children):
            continue
        own = verbs_of_speech(act.verb) if spoken else {act.verb.i, act.trigger.i}
        tied = clause_of(token).i in own or any(above.i in own for above in governors(token))
        if not tied or (spoken and token.head.head.i not in verbs_of_speech(act.verb)):
            continue
        start, end = passage.chars(token)
        if token.lemma_.lower() == "capital":
            capital = _capital(token, passage, background)
            if capital is not None:
                return Where(capital, PlaceBasis.ANAPHORA, start, end)
        if any(child.i in passage.places for child in token.subtree if child != token):
            continue  # "the city of Kirkuk" is no anaphor
        referent = _referent(background.mentions, start, wanted)
        if referent is not None:
            return Where(referent, PlaceBasis.ANAPHORA, start, end)
    return None


def _capital(token: Token, passage: Passage, background: Background) -> Mention | None:
    """Read "the capital of the Congo", "the Saudi capital"."""
    codes = [
        countries().by_demonym.get(child.lower_, "") for child in token.children if child.dep_ in {"amod", "compound"}
    ]
    for child in token.subtree:
        mention = passage.places.get(child.i)
        if mention is not None and mention.place is not None and mention.place.precision is Precision.COUNTRY:
            codes.append(mention.place.country)
    place = next((place for code in codes if code and (place := background.capital_of(code))), None)
    if place is None:
        return None
    start, end = passage.chars(token)
    return Mention(start=start, end=end, text=token.text, place=place, confidence=0.8)


def _referent(mentions: Sequence[Mention], position: int, wanted: frozenset[Precision] | None) -> Mention | None:
    """Return the last place named before that fits; below country level where "there" says nothing more."""
    fitting = [
        mention
        for mention in mentions
        if mention.start < position and _usable(mention) and mention.place is not None
        and (mention.place.precision in wanted if wanted else mention.place.precision is not Precision.COUNTRY)
    ]  # fmt: skip
    return fitting[-1] if fitting else None


# -- around the sentence ---------------------------------------------------------------------


def _from_around(act: Act, passage: Passage, background: Background, last: Where | None) -> Where | None:
    position, _ = passage.chars(act.trigger)
    before = [
        mention
        for mention in background.mentions
        if passage.offset <= mention.start < position and _usable(mention) and _is_below_country(mention)
    ]
    if before:
        return Where(before[-1], PlaceBasis.PARAGRAPH, before[-1].start, before[-1].end)
    if last is not None and _is_below_country(last.mention):
        return Where(last.mention, PlaceBasis.PARAGRAPH, last.start, last.end)
    local = [m for m in background.headline if _usable(m) and _is_below_country(m)]
    local.sort(key=lambda m: m.place is not None and m.place.precision is Precision.PROVINCE)
    if local and (not background.home or local[0].place is None or local[0].place.country == background.home):
        return Where(local[0], PlaceBasis.HEADLINE, local[0].start, local[0].end)
    dateline = background.dateline
    if dateline is not None and dateline.place is not None:
        at_home = not background.home or dateline.place.country == background.home
        if at_home:
            return Where(dateline, PlaceBasis.DATELINE, dateline.start, dateline.end)
    return None


def _is_below_country(mention: Mention) -> bool:
    return mention.place is not None and mention.place.precision is not Precision.COUNTRY
