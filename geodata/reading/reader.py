"""Reads articles: from a text to its mentions and events."""

from __future__ import annotations

from functools import partial
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from geodata.event import ActorKind, Mention, Problem, Reading
from geodata.reading.acronyms import keep_whole, parse
from geodata.reading.act_place.choosing import focus_of, judged_places, places_of_words
from geodata.reading.actor_list import actor_list
from geodata.reading.actors import Cast
from geodata.reading.blocks import BlockKind, split_blocks
from geodata.reading.cleaning import Cleaned
from geodata.reading.coder import Coder
from geodata.reading.countries import countries
from geodata.reading.event_place import Background
from geodata.reading.home import home_country
from geodata.reading.languages import language_name, language_of
from geodata.reading.model import beside_names, load_model, model_version
from geodata.reading.namesakes import settle_acronyms, settle_surnames
from geodata.reading.passages import LONGEST_SENTENCE, Passage, passage_at
from geodata.reading.surroundings import surroundings_of
from geodata.reading.token_rules import TokenRules
from geodata.reading.toponyms import PlaceReader
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span
    from spacy.vocab import Vocab

    from geodata.article import Article
    from geodata.event import Actor, Place
    from geodata.gazetteer.lookup import Gazetteer
    from geodata.reading.act_place.choosing import Judged
    from geodata.regions import Regions

# What is read of the language tags; an empty tag is a text too short to tell.
_READ = frozenset({"en", ""})


_POSTED = word_set("governor mayor provincial local municipal district mission envoy region")


class Reader:
    """Reads articles in English; of others only the place names.

    Parameters
    ----------
    gazetteer
        Where place names are looked up.
    regions
        Which regions hold a place.
    model
        Name of a spaCy pipeline; empty takes the best one installed.
    only_places
        Find place names and nothing else: of the model only what recognises names is run, which takes about
        half the time. Without the parse, a government is less often told from its capital.

    Raises
    ------
    ModelError
        If the model cannot be loaded.
    """

    def __init__(self, gazetteer: Gazetteer, regions: Regions, *, model: str = "", only_places: bool = False) -> None:
        self._gazetteer = gazetteer
        self._regions = regions
        self._nlp = load_model(model)
        keep_whole(self._nlp)
        self._rules = TokenRules(self._nlp)
        self._only_places = only_places
        self._places = PlaceReader(gazetteer, regions)
        self._seats: dict[tuple[str, str], Place | None] = {}

    @property
    def version(self) -> str:
        """The language model's name and version."""
        return model_version(self._nlp)

    @property
    def vocab(self) -> Vocab:
        """The language model's words, with their vectors."""
        return self._nlp.vocab

    def read(self, article: Article, *, given: Sequence[tuple[int, int]] | None = None) -> Reading:
        """Read one article.

        Parameters
        ----------
        article
            The article. Without `published`, relative dates stay open.
        given
            Spans (start, end) of place names, characters of the article's text, to be resolved
            instead of finding place names.
        """
        clean = Cleaned(article, keep_spaces=given is not None)
        language = "" if given is not None else _other_language(clean.article)
        passages = [] if language else self._passages([clean.article])[0]
        return self._reading(clean, language, passages, given)

    def read_many(self, articles: Sequence[Article]) -> Iterator[Reading]:
        """Parse some articles together and yield the readings in order: the same as one by one, and faster.

        All their parses are in memory at once, some 100 kB for each article.
        """
        cleaned = [Cleaned(article) for article in articles]
        languages = [_other_language(clean.article) for clean in cleaned]
        english = [clean.article for clean, other in zip(cleaned, languages, strict=True) if not other]
        parsed = iter(self._passages(english))
        for clean, language in zip(cleaned, languages, strict=True):
            yield self._reading(clean, language, [] if language else next(parsed), None)

    def _reading(
        self,
        clean: Cleaned,
        language: str,
        passages: list[Passage],
        given: Sequence[tuple[int, int]] | None,
    ) -> Reading:
        """Read a parsed article."""
        article = clean.article
        return clean.back(
            self._read_names(article, language) if language else self._read_parsed(article, passages, given)
        )

    def _read_parsed(
        self, article: Article, passages: list[Passage], given: Sequence[tuple[int, int]] | None
    ) -> Reading:
        mentions = self._places.mentions(passages, article, given=given)
        if self._only_places:
            return Reading(article=article, mentions=tuple(mentions), events=(), problems=())
        for passage in passages:
            inside = [m for m in mentions if passage.offset <= m.start and m.end <= passage.block.end]
            passage.add_places(inside)
        background = self._background(article, passages, mentions)
        cast = Cast(passages, background.home)
        year = article.published.year if article.published is not None else 0
        seat_of = partial(self._seat, year=year)
        coder = Coder(
            article,
            cast,
            background,
            regions_of=self._regions.of_place,
            seat_of=seat_of,
            surroundings_of=partial(surroundings_of, gazetteer=self._gazetteer),
        )
        told = [p for p in passages if p.block.kind is BlockKind.PARAGRAPH]
        events = coder.events(told)
        return Reading(
            article=article,
            mentions=tuple(mentions),
            events=tuple(events),
            problems=tuple(_problems(article, mentions)),
        )

    def places_of_verb(self, article: Article, start: int, end: int) -> list[Mention]:
        """Return the place names that say where the act of one verb happened.

        Parameters
        ----------
        article
            The article.
        start, end
            Characters of the verb, or of the act's other words, in its text.
        """
        found = _words_at(self.passages(article), start, end)
        return places_of_words(*found) if found is not None else []

    def judged_places(self, article: Article, acts: Sequence[tuple[int, int]]) -> list[list[Judged]]:
        """Return for each act the place names of its sentence, each with what ties it to the act; for training.

        Parameters
        ----------
        article
            The article.
        acts
            Characters (start, end) of each act's words in its text.
        """
        passages = self.passages(article)
        spans = [_words_at(passages, start, end) for start, end in acts]
        return [judged_places(focus_of(span[0]), span[0].sent, span[1]) if span else [] for span in spans]

    def passages(self, article: Article) -> list[Passage]:
        """Return the parsed passages of an article, its places and listed actors noted in them."""
        (passages,) = self._passages([article])
        mentions = self._places.mentions(passages, article)
        for passage in passages:
            passage.add_places([m for m in mentions if passage.offset <= m.start and m.end <= passage.block.end])
        return passages

    def _read_names(self, article: Article, language: str) -> Reading:
        """Read a text in another language: its place names, no events."""
        note = (
            f"This article is in {language_name(language)}, which is not read yet: "
            "its place names are looked up, events are not."
        )
        return Reading(
            article=article,
            mentions=tuple(self._places.mentions_in_text(article.text)),
            events=(),
            problems=(Problem(note),),
        )

    def _passages(self, articles: Sequence[Article]) -> list[list[Passage]]:
        """Parse the paragraphs of several articles together; returns those of each."""
        blocks = [split_blocks(article.text) for article in articles]
        texts = [
            article.text[block.body_start : block.end]
            for article, own in zip(articles, blocks, strict=True)
            for block in own
        ]
        ends = list(accumulate(len(own) for own in blocks))
        alone = {end - 1 for end, own in zip(ends, blocks, strict=True) if len(own) == 1}
        if self._only_places:
            docs = self._nlp.pipe(texts, disable=beside_names(self._nlp))
        else:
            docs = parse(self._nlp, self._rules, texts, alone=alone)
        actors = actor_list()
        parsed: list[list[Passage]] = []
        for article, own in zip(articles, blocks, strict=True):
            passages = [
                Passage(block, doc, block.body_start) for block, doc in zip(own, islice(docs, len(own)), strict=True)
            ]
            for passage in passages:
                passage.add_named(actors.find(passage.text, article.published))
            settle_acronyms(passages)
            settle_surnames(passages)
            parsed.append(passages)
        return parsed

    def _background(self, article: Article, passages: Sequence[Passage], mentions: Sequence[Mention]) -> Background:
        datelines = {span[0] for p in passages if p.block.dateline for span in p.block.dateline.places[:1]}
        dateline = next((m for m in mentions if m.start in datelines and m.place is not None), None)
        if dateline is None and article.place:
            dateline = self._stated_place(article)
        headings = [p for p in passages if p.block.kind is not BlockKind.PARAGRAPH]
        headline = [m for m in mentions if any(p.block.start <= m.start < p.block.end for p in headings)]
        if article.title:
            headline = [*self._places.mentions_in_text(article.title), *headline]
        codes = [m.place.country for m in mentions if m.place is not None and m.start not in datelines]
        return Background(
            mentions=tuple(m for m in mentions if m.start not in datelines),
            headline=tuple(headline),
            dateline=dateline,
            home=home_country(codes),
            capital_of=self._capital,
        )

    def _stated_place(self, article: Article) -> Mention | None:
        """Take the place that the article's source states for a dateline; it has no words in the text."""
        town, _, state = article.place.partition(",")
        country = countries().by_name.get(state.strip().lower(), "")
        found = self._gazetteer.search(town.strip(), country=country or None, limit=1)
        if not found:
            return None
        return Mention(start=0, end=0, text=town.strip(), place=found[0].place, confidence=found[0].quality)

    def _capital(self, country: str) -> Place | None:
        """Return the capital of a country (ISO 3166-1 alpha-2)."""
        names = [name for name, code in countries().by_capital.items() if code == country]
        return self._town(names[0], country) if names else None

    def _seat(self, actor: Actor, *, year: int = 0) -> Place | None:
        """Return where an actor speaks from: its listed seat, or that of its country for a government."""
        seat = actor_list().seats.get(actor.name)
        if seat:
            return self._town(seat, "") if not _is_posted(actor) else None
        if actor.kind is not ActorKind.GOVERNMENT or not actor.country or _is_posted(actor):
            return None
        town = countries().seat(actor.country, year)
        return self._town(town, actor.country) if town else self._capital(actor.country)

    def _town(self, name: str, country: str) -> Place | None:
        if (name, country) not in self._seats:
            found = self._gazetteer.search(name, country=country or None, limit=1)
            self._seats[name, country] = found[0].place if found else None
        return self._seats[name, country]


def _words_at(passages: list[Passage], start: int, end: int) -> tuple[Span, Passage] | None:
    """Return the words at characters of an article's text, and the passage that they stand in."""
    around = passage_at(passages, start)
    tokens = around.tokens_of(start, end) if around is not None else []
    if around is None or not tokens or len(tokens[0].sent) > LONGEST_SENTENCE:
        return None
    return around.doc[tokens[0].i : tokens[-1].i + 1], around


def _other_language(article: Article) -> str:
    """Return the language tag of an article that is in none of those read; empty for one that is."""
    language = article.language or language_of(article.text)
    return "" if language in _READ else language


def _is_posted(actor: Actor) -> bool:
    """Tell officials of a province or a town, and missions abroad: they do not sit in the capital."""
    return not _POSTED.isdisjoint(actor.text.lower().split())


def _problems(article: Article, mentions: Sequence[Mention]) -> Iterator[Problem]:
    if article.published is None:
        yield Problem("The day of publication is not known: acts without a full date in the text stay undated.")
    for mention in mentions:
        if mention.place is None:
            yield Problem(f"{mention.text} was not placed: {mention.reason}", mention.start, mention.end)
