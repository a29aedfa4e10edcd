"""Where an act happened, and how that is known.

The place in the clause of the act comes first, then the sentence, then what "there" or "the city"
stands for, the paragraph, the headline, the dateline. What is said is said where the report was
filed, whatever place it speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from geodata.event import ActorKind, Mention, PlaceBasis, Precision
from geodata.ontology import SPOKEN, EventType
from geodata.reading.act_place.choosing import place_of_act
from geodata.reading.act_place.features import DIRECTIONS, attachment
from geodata.reading.act_place.toponyms import head_of, toponyms_of
from geodata.reading.beside import is_told_beside
from geodata.reading.countries import countries
from geodata.reading.elsewhere import AT, DURING, OCCASIONS, TO, is_capital_of, is_elsewhere
from geodata.reading.factuality import SAYING
from geodata.reading.grammar import clause_of, governors
from geodata.reading.roles import KIND_OF
from geodata.reading.speech import verbs_of_speech
from geodata.reading.tenses import Tense, tense_of
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Span, Token

    from geodata.event import Place
    from geodata.reading.act import Act
    from geodata.reading.passages import Passage

_AT_HOME = word_set(
    """family relative relation wife husband father mother parent son daughter brother sister friend have live reside bear
    study"""
)
_SPEAKING = word_set("speak talk address appear visit arrive meet attend")
_NOT_STOOD_ON = frozenset({Precision.COUNTRY, Precision.PROVINCE, Precision.SETTLEMENT})
_NATIONWIDE = frozenset({"nationwide", "countrywide", "country-wide", "nation-wide"})
_SEATED = frozenset({"in", "at"})
_GOING = frozenset({"visit", "travel", "fly", "arrive", "go", "come", "tour", "land"})
_SIGNING = frozenset({"sign", "ratify", "seal", "initial", "conclude", "ink", "finalise", "finalize"})
_HOLDING = frozenset({"hold", "conduct", "convene", "host"})

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
    named = _of_speech(act, sentence, passage, background) if spoken else _of_deed(act, sentence, passage)
    if named is not None and named.basis is PlaceBasis.CLAUSE:
        return named  # also a name of no known place: the places around it are others
    anaphor = _anaphor(act, sentence, passage, background, spoken=spoken)
    if anaphor is not None:
        return anaphor
    if named is not None and not spoken:
        return _within(named, act, passage, background, last) or named
    whole = _all_over(sentence, passage, background) if not spoken else None
    if whole is not None:
        return whole
    if spoken:
        dateline = background.dateline
        return Where(dateline, PlaceBasis.DATELINE, dateline.start, dateline.end) if dateline else None
    return _from_around(act, passage, background, last)


def is_declared(act: Act) -> bool:
    """Tell whether an act happens where somebody declares it: what is said or signed, and ties that are cut."""
    signed = act.type is EventType.COOPERATE and act.verb.lemma_.lower() in _SIGNING
    return act.type.quad in SPOKEN or signed or (act.type is EventType.SANCTION and act.rule.mode != "convict")


# -- in the sentence ------------------------------------------------------------------------


def _usable(mention: Mention) -> bool:
    return mention.place is not None and not mention.metonymic


def _of_deed(act: Act, sentence: Span, passage: Passage) -> Where | None:
    found = place_of_act(act, sentence, passage, leave_out=partial(is_elsewhere, act))
    if found is None or _is_country(found[0]):
        # "Attacked Ukraine, killing six in Kharkiv": what came of it was where it was.
        results = (replace(act, trigger=verb, verb=verb) for verb in act.results)
        where = (place_of_act(result, sentence, passage, leave_out=partial(is_elsewhere, result)) for result in results)
        found = next((one for one in where if one is not None and _is_below_country(one[0])), found)
    if found is None:
        return None
    mention, is_clear = found
    return Where(mention, PlaceBasis.CLAUSE if is_clear else PlaceBasis.SENTENCE, mention.start, mention.end)


def _of_speech(act: Act, sentence: Span, passage: Passage, background: Background) -> Where | None:
    """Find where something is said or signed; rather the town of the dateline than the country around it."""
    weighed = [
        (
            _weight_of_speech(act, one.head, one.mention)
            - _coarseness(one.mention)
            - abs(one.head.i - act.trigger.i) / 100,
            one.mention,
        )
        for one in toponyms_of(sentence, passage)
        if _usable(one.mention) and not is_capital_of(one.head, one.mention)
    ]
    weight, mention = max(weighed, key=lambda one: one[0], default=(0.0, None))
    if mention is None or weight < _ENOUGH:
        return None
    town = background.dateline
    if town is not None and town.place is not None and mention.place is not None:
        wide = mention.place.precision is Precision.COUNTRY and mention.place.country == town.place.country
        if wide:  # "signed in South Africa": said of the act itself, so that no seat of an actor may overrule it
            return Where(town, PlaceBasis.CLAUSE, town.start, town.end)
    return Where(mention, PlaceBasis.CLAUSE, mention.start, mention.end)


_ENOUGH = 1.5


def _coarseness(mention: Mention) -> float:
    """Return what a wide place weighs less: "in Ankara, Turkey" is in Ankara."""
    precision = mention.place.precision if mention.place is not None else None
    return {Precision.COUNTRY: 1.2, Precision.PROVINCE: 0.3}.get(precision, 0.0) if precision else 0.0


def _weight_of_speech(act: Act, head: Token, mention: Mention) -> float:
    """Weigh only what hangs on the act itself or on the speaker: "met in Ankara", "the ministry in Baghdad"."""
    link, governor = attachment(head)
    if governor is None:
        return 0.0
    at_act = governor.i in {act.trigger.i, act.verb.i} or _is_deed_itself(act, governor)
    at_act = at_act or (governor.dep_ == "acl" and governor.head == act.trigger)  # "an accord signed in Bonn"
    within = governor.dep_ == "pobj" and governor.head.lower_ in _SEATED
    at_act = at_act or (within and governor.head.head in {act.trigger, act.verb})  # "met in a hotel in Bonn"
    spoken = verbs_of_speech(act.verb) | {act.trigger.i}
    if link == "on" and mention.place is not None and mention.place.precision in _NOT_STOOD_ON:
        return 0.0  # "called on Syria"
    if link in AT and (at_act or governor.i in spoken):
        return 5.0
    if _is_occasion(act, link, governor, spoken):
        return 5.0
    if link in _SEATED and governor.i in {token.i for token in act.sources}:
        return 4.2
    if act.type is not EventType.CONSULT:
        return 0.0
    if link in _SEATED and governor.i in {token.i for token in act.targets}:
        return 4.2  # "met the envoy in Nairobi"
    goes_there = act.rule.mode == "visit" or act.verb.lemma_ in _GOING
    visited = goes_there and (head.i in {token.i for token in act.targets} or (at_act and link in TO | {"dobj"}))
    return 4.5 if visited else 0.0


def _is_occasion(act: Act, link: str, governor: Token, spoken: set[int]) -> bool:
    """Tell on what occasion one speaks, by what a place hangs on and the verbs of who speaks.

    "Said at a conference in Munich", "the premier, on a visit to Tehran, said", "speaking in Oslo, he urged".
    """
    if governor.lemma_.lower() in OCCASIONS and governor.dep_ == "pobj" and governor.head.lower_ in DURING:
        above = governor.head.head
        by_speaker = above == act.speaker or above.i in {token.i for token in act.sources}
        return link in AT | TO | {"of", "dobj"} and (above.i in spoken or by_speaker)
    speaking = governor.dep_ == "advcl" and governor.tag_ == "VBG" and governor.head.i in spoken
    return speaking and link in AT and governor.lemma_.lower() in _SPEAKING


def _is_deed_itself(act: Act, noun: Token) -> bool:
    """Tell "held talks in", "signed a pact in", where the parser lays the place to the noun, from "condemned a raid in"."""
    its_object = noun.dep_ in {"dobj", "nsubjpass"} and noun.head == act.verb
    lemma = act.verb.lemma_.lower()
    return its_object and (noun.lemma_.lower() in act.rule.objects or lemma in _SIGNING | _HOLDING)


def _all_over(sentence: Span, passage: Passage, background: Background) -> Where | None:
    """Return the country of "nationwide riots", "clashes across the country": the area, as the text says no less."""
    for token in sentence:
        across = token.lower_ in {"country", "nation"} and token.head.lower_ in {"across", "throughout", "around"}
        if not (across or token.lower_ in _NATIONWIDE):
            continue
        start, end = passage.chars(token)
        named = [m for m in background.mentions if m.place is not None and m.place.kind == "country"]
        here = [
            m for m in named if passage.offset + sentence.start_char <= m.start < passage.offset + sentence.end_char
        ]
        found = here[0] if here else next((m for m in named if m.place and m.place.country == background.home), None)
        if found is not None:
            return Where(found, PlaceBasis.SENTENCE if here else PlaceBasis.PARAGRAPH, start, end)
    return None


# -- what stands for a place named before ----------------------------------------------------


def _anaphor(act: Act, sentence: Span, passage: Passage, background: Background, *, spoken: bool) -> Where | None:
    for token in sentence:
        wanted = _STANDS_FOR.get(token.lemma_.lower()) if token.pos_ == "NOUN" else None
        there = token.lower_ in _THERE and token.dep_ in {"advmod", "pobj", "pcomp", "npadvmod"}
        if (wanted is None and not there) or is_told_beside(token, act):
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


def _within(named: Where, act: Act, passage: Passage, background: Background, last: Where | None) -> Where | None:
    """Return the place of the paragraph where a sentence names no more than the country around it, and not surely so."""
    country = named.mention.place
    if country is None or country.precision is not Precision.COUNTRY or _is_part(named, passage):
        return None
    around = _from_around(act, passage, background, last)
    inside = around is not None and around.mention.place is not None and around.mention.place.country == country.country
    return around if inside else None


def _is_part(named: Where, passage: Passage) -> bool:
    """Tell "in eastern Chad", which is not where the last sentence was."""
    tokens = passage.tokens_of(named.mention.start, named.mention.end)
    return bool(tokens) and any(child.lower_ in DIRECTIONS for child in head_of(tokens).children)


# -- around the sentence ---------------------------------------------------------------------


def _from_around(act: Act, passage: Passage, background: Background, last: Where | None) -> Where | None:
    position, _ = passage.chars(act.trigger)
    before = [
        mention
        for mention in background.mentions
        if passage.offset <= mention.start < position
        and _usable(mention)
        and _is_below_country(mention)
        and not _is_of_somebody(mention, passage, background.home)
    ]
    if last is not None and passage.offset <= last.start and last.basis in _TOLD and _is_below_country(last.mention):
        # Nothing says that the scene has changed: what else is named since hangs on persons and bodies.
        before = [mention for mention in before if mention.start > last.start and _is_scene(mention, passage)]
        if not before:
            return Where(last.mention, PlaceBasis.PARAGRAPH, last.start, last.end)
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


_TOLD = frozenset({PlaceBasis.CLAUSE, PlaceBasis.SENTENCE, PlaceBasis.ANAPHORA})


def _is_scene(mention: Mention, passage: Passage) -> bool:
    """Tell "in Kirkuk, shops reopened": a place by itself, not that of a person or a body."""
    tokens = passage.tokens_of(mention.start, mention.end)
    link, governor = attachment(head_of(tokens)) if tokens else ("", None)
    return link in AT and governor is not None and governor.pos_ in {"VERB", "AUX"}


def _is_of_somebody(mention: Mention, passage: Passage, home: str) -> bool:
    """Tell "would fly home to Oslo", "a man from Bergen", "his family in Bergen", "said in" another country."""
    tokens = passage.tokens_of(mention.start, mention.end)
    link, governor = attachment(head_of(tokens)) if tokens else ("", None)
    if governor is not None and governor.pos_ == "ADV":
        governor = governor.head  # "go back to"
    if governor is None:
        return False
    lemma = governor.lemma_.lower()
    abroad = bool(home) and mention.place is not None and mention.place.country != home
    if link in AT and (lemma in _AT_HOME or (lemma in SAYING and abroad)):
        return True
    if link in {"compound", "nmod"} and KIND_OF.get(lemma) is ActorKind.CIVILIANS:
        return True  # "an Adelaide man"
    is_ahead = link in TO and governor.pos_ in {"VERB", "AUX"} and tense_of(governor) is Tense.FUTURE
    return is_ahead or (link == "from" and governor.pos_ not in {"VERB", "AUX"})


def _is_country(mention: Mention) -> bool:
    return mention.place is not None and mention.place.precision is Precision.COUNTRY


def _is_below_country(mention: Mention) -> bool:
    return mention.place is not None and mention.place.precision is not Precision.COUNTRY
