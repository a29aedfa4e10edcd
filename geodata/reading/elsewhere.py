"""Place names of a sentence that are surely not where its act happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.event import ActorKind, PlaceBasis, Precision
from geodata.ontology import EventType
from geodata.reading.act_place.features import attachment
from geodata.reading.beside import is_told_beside
from geodata.reading.factuality import SAYING
from geodata.reading.grammar import governors
from geodata.reading.roles import KIND_OF
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from geodata.event import Actor, Mention
    from geodata.reading.act import Act
    from geodata.reading.event_place import Where

AT = frozenset({"in", "at", "near", "outside", "inside", "around", "on", "within", "across", "throughout", "along",
                "above", "over", "off", "beside", "beyond", "north", "south", "east", "west"})  # fmt: skip
TO = frozenset({"to", "into", "toward", "towards", "onto", "for"})
# On which something is said: "at a conference in Munich", "during a visit to Tehran".
OCCASIONS = word_set(
    """visit trip tour stop stopover conference meeting summit rally ceremony speech address briefing session forum gathering
    funeral talk interview event congress sermon"""
)
DURING = frozenset({"at", "during", "on", "in", "after"})
_BORDERS = frozenset({"border", "frontier", "boundary"})
_BEFORE_NOUN = frozenset({"compound", "nmod", "amod"})
_WARES = word_set(
    "missile rocket bomb drone shell weapon fighter-bomber bomber vehicle humvee ship vessel flag citizen national"
)
# Written alike as a name and as an adjective: "US shelling" is done by the United States, "Syria shelling" in Syria.
_ALSO_ADJECTIVES = frozenset({"us", "u.s.", "u.s", "uk", "u.k.", "u.k", "uae", "u.a.e."})

# Who holds ground of another country, where its police may act.
_HELD = frozenset({("IL", "PS"), ("IL", "SY"), ("MA", "EH"), ("RU", "UA"), ("RU", "GE"), ("TR", "CY"), ("AM", "AZ")})
_FROM_AROUND = frozenset({PlaceBasis.PARAGRAPH, PlaceBasis.HEADLINE, PlaceBasis.DATELINE})


def is_elsewhere(act: Act, head: Token, mention: Mention) -> bool:
    """Tell whether a place name, by its token and mention, is none of a place where an act happened."""
    return (
        is_capital_of(head, mention)
        or _is_neighbour(head, mention)
        or _is_where_it_is_told(act, head)
        or _is_adjective(head, mention)
        or is_told_beside(head, act)
    )


def is_capital_of(head: Token, mention: Mention) -> bool:
    """Tell "the capital of Iraq": the capital is meant, not the country."""
    return _is_country(mention) and any(token.lemma_.lower() == "capital" for token in (head.head, head.head.head))


def _is_neighbour(head: Token, mention: Mention) -> bool:
    """Tell "near the frontier with Mali": it happened on this side."""
    beside = head.dep_ == "pobj" and head.head.lower_ == "with" and head.head.head.lemma_.lower() in _BORDERS
    return beside and _is_country(mention)


def _is_where_it_is_told(act: Act, head: Token) -> bool:
    """Tell a place that only says where the speaker is: "said in Baghdad", "the ministry in Moscow reported"."""
    speaker = act.speaker
    if speaker is None or speaker.i in {token.i for token in (*act.targets, *act.sources)}:
        return False
    link, governor = attachment(head)
    if speaker in set(governors(head)) or (governor is not None and link in AT and governor == speaker.head):
        return True
    # "on a visit to China the general said that his men had sealed the border"
    return (
        governor is not None
        and governor.lemma_.lower() in OCCASIONS
        and governor.dep_ == "pobj"
        and governor.head.lower_ in DURING
        and governor.head.head in {speaker, speaker.head}
        and speaker.head.lemma_.lower() in SAYING
        and act.trigger != governor
    )


def _is_adjective(head: Token, mention: Mention) -> bool:
    """Tell "US warplanes", "Iran militiamen": whose they are, not where."""
    if head.dep_ not in _BEFORE_NOUN or not _is_country(mention):
        return False
    noun = head.head.lemma_.lower()
    return noun in KIND_OF or noun in _WARES or mention.text.lower() in _ALSO_ADJECTIVES


def _is_country(mention: Mention) -> bool:
    return mention.place is not None and mention.place.precision is Precision.COUNTRY


def is_out_of_reach(act: Act, sources: Sequence[Actor], where: Where) -> bool:
    """Tell that police arrest nobody in another country, of which only the sentences around speak."""
    if act.type is not EventType.COERCE or where.basis not in _FROM_AROUND or where.mention.place is None:
        return False
    there = where.mention.place.country
    at_home = [one for one in sources if one.kind is ActorKind.GOVERNMENT or one.name.endswith(" police")]
    return bool(there) and any(
        one.country and one.country != there and (one.country, there) not in _HELD for one in at_home
    )
