"""Whom a short name means in one article: a surname, an acronym.

"Masrour Barzani arrived in Baghdad. Barzani met ..." is told of Masrour, whoever the best-known Barzani is, and
"Sudani" is Mohammed Shia al-Sudani once he has been named. After "the International Chamber of Commerce (ICC)" no ICC
of the article is the International Criminal Court.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.reading.actor_list import Named
from geodata.reading.countries import countries
from geodata.reading.phrases import surname
from geodata.reading.roles import KIND_OF, PERSON_TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from geodata.reading.actor_list import ListedActor
    from geodata.reading.passages import Passage

_ARTICLE = frozenset({"al", "-"})
_SHORTEST = 4  # letters; shorter surnames are words of other names too often
# A name spelt out, and in brackets what it is called for short.
_SPELT_OUT = re.compile(
    r"(?P<name>(?:[A-Z][\w'’.-]+\s+)(?:(?:of|for|the|and|on|in|to|de|du|des)\s+|[A-Z][\w'’.-]+,?\s+){1,9})"
    r"(?:\((?:the )?|or )(?P<short>[A-Z]{2,8})\b(?=[,;)])"
)
_WORD = re.compile(r"[A-Za-z][\w'’-]+")
_SAME_NAME = 0.5  # share of the words of a listed name that a name spelt out must have to be the same


@dataclass(frozen=True, slots=True)
class _Full:
    """A listed person named in full, at a character of the article."""

    at: int
    surname: str
    actor: ListedActor


def settle_surnames(passages: Sequence[Passage]) -> None:
    """Give surnames that stand alone to the persons whose full names the article has.

    Parameters
    ----------
    passages
        Those of one article, their listed actors noted in them; changed in place.
    """
    full = [one for passage in passages for one in _full_names(passage)]
    if not full:
        return
    known = {one.surname for one in full}
    anywhere = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(known)))})\b", re.IGNORECASE)
    for passage in passages:
        for match in anywhere.finditer(passage.text):
            token = passage.tokens_of(passage.offset + match.start(), passage.offset + match.end())[-1]
            word = surname(token.text)
            if word in known and _stands_alone(token, passage):
                start = token.idx
                actor = _nearest(full, word, passage.offset + start)
                passage.named[token.i] = Named(start, start + len(token), actor)
                _take_article_along(token, passage)


def spelt_out(text: str) -> Iterator[tuple[str, int, str, int]]:
    """Yield acronyms that a text spells out: the name, where it begins, the acronym, where that begins.

    "The Indian Cotton Council (ICC)", "the Arakan Army, or AA,".
    """
    if "(" not in text and " or " not in text:
        return
    for match in _SPELT_OUT.finditer(text):
        words = list(_WORD.finditer(match["name"]))
        capitals = [word for word in words if word[0][0].isupper()]
        short = match["short"]
        if len(capitals) < len(short) or "".join(word[0][0] for word in capitals[-len(short) :]) != short:
            continue
        start = capitals[-len(short)].start()
        yield match["name"][start:].strip(" ,"), match.start("name") + start, short, match.start("short")


def settle_acronyms(passages: Sequence[Passage]) -> None:
    """Let acronyms mean what the article spells out: a listed actor of its list, or none that is called so elsewhere.

    Parameters
    ----------
    passages
        Those of one article, their listed actors noted in them; changed in place.
    """
    meant: dict[str, ListedActor] = {}
    others: set[str] = set()
    for passage in passages:
        for name, start, short, at in spelt_out(passage.text):
            listed, spelt = _named_at(passage, at), _named_at(passage, start)
            if listed is None and spelt is not None and not spelt.actor.person:
                meant[short] = spelt.actor
            elif listed is not None and not listed.actor.person and not _is_called(listed.actor, name):
                others.add(short)
        for token in passage.doc if meant else ():
            if token.text in meant and token.i not in passage.named:
                passage.named[token.i] = Named(token.idx, token.idx + len(token), meant[token.text])
    for passage in passages if others else ():
        for number, named in list(passage.named.items()):
            if passage.text[named.start : named.end] in others:
                del passage.named[number]


def _is_called(actor: ListedActor, name: str) -> bool:
    """Whether a name spelt out is one of a listed actor's, words left out or put in."""
    spelt = {word.lower() for word in _WORD.findall(name)}
    listed = [{word.lower() for word in _WORD.findall(one)} for one in (actor.name, *actor.names)]
    return any(len(spelt & words) >= _SAME_NAME * len(words) for words in listed if len(words) > 1)


def _named_at(passage: Passage, start: int) -> Named | None:
    token = next(iter(passage.tokens_of(passage.offset + start, passage.offset + start + 1)), None)
    return passage.named.get(token.i) if token is not None else None


def _full_names(passage: Passage) -> Iterator[_Full]:
    seen: set[int] = set()
    for named in passage.named.values():
        words = passage.text[named.start : named.end].split()
        if named.start in seen or not named.actor.person or len(words) == 1:
            continue
        seen.add(named.start)
        last = surname(words[-1])
        if len(last) >= _SHORTEST and last not in countries().by_demonym and last not in countries().by_name:
            yield _Full(passage.offset + named.start, last, named.actor)


def _stands_alone(token: Token, passage: Passage) -> bool:
    """Tell "Barzani", "President Barzani" and "al-Barzani" from a word of a longer name."""
    if not token.text[:1].isupper() or token.pos_ not in {"PROPN", "NOUN", "ADJ"}:
        return False
    named = passage.named.get(token.i)
    if named is not None:
        return named.actor.person and " " not in passage.text[named.start : named.end]
    doc = passage.doc
    before = next((word for word in reversed(doc[: token.i]) if word.lower_ not in _ARTICLE), None)
    title = before is None or before.lower_ in PERSON_TITLES or before.lemma_.lower() in KIND_OF
    opens = before is None or before.is_sent_start
    if not title and not opens and before is not None and before.text[:1].isupper() and before.pos_ == "PROPN":
        return False
    behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
    return behind is None or behind.text == "'s" or behind.pos_ != "PROPN"


def _nearest(full: Sequence[_Full], word: str, at: int) -> ListedActor:
    """Return the person of a surname who was named in full last before a character, else first behind it."""
    same = [one for one in full if one.surname == word]
    before = [one for one in same if one.at <= at]
    return max(before, key=lambda one: one.at).actor if before else min(same, key=lambda one: one.at).actor


def _take_article_along(token: Token, passage: Passage) -> None:
    """Let the "Al" and the hyphen of "Al-Sudani" be the same name."""
    for other in passage.doc[max(0, token.i - 2) : token.i]:
        named = passage.named.get(other.i)
        if named is not None and named.end == token.idx + len(token):
            passage.named[other.i] = Named(named.start, named.end, passage.named[token.i].actor)
