"""Whether a common noun names somebody who can act, or a place, a thing or a matter: by its word vector.

No list holds all nouns for people ("gymnasts", "beekeepers", "ombudsman"). A plane between the vectors of the nouns of
people and bodies in `roles.py` and of the things and matters below, by least squares, tells on which side a noun lies;
how it ends says how near to the plane it may: "-er" is rather somebody, "-ion" rather not.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geodata.reading.classifying.model import unit_vector
from geodata.reading.roles import KIND_OF
from geodata.reading.word_sets import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt
    from spacy.tokens import Token
    from spacy.vocab import Vocab

    Floats = npt.NDArray[np.float32]

_THINGS = word_set(
    """city town village outskirt outskirts suburb area region zone border coast river mountain valley road street square bridge
    building house home flat office hall shop factory plant mine field farm forest island port airport station pipeline
    flag ballot vote referendum election poll result law bill rule ban curfew decree order plan proposal offer deal
    agreement treaty accord pact truce ceasefire decision ruling verdict statement remark comment report letter message
    speech demand request condition sanction tariff tax price budget money fund loan debt aid food water oil gas power
    electricity fuel weapon missile bomb rocket shell gun bullet car truck bus train ship boat plane vehicle convoy
    attack strike raid war conflict violence protest march rally talk meeting summit visit election crisis tension
    problem issue question matter idea independence sovereignty unity peace security stability right freedom reform
    policy programme project work effort step move measure action process system service network trade export import
    market economy year month week day hour time end start part side number rate level amount share percentage
    fire smoke storm flood quake disease virus vaccine drug evidence document video photo film book website account"""
)

_MATTERS = word_set(
    """disagreement communication fact cave position targeting countryside threat enclave program appeal hideout tunnel
    trench hill bastion tape videotape evidence ruling footage airstrike tactic doctrine strategy ideology channel blog
    claim accusation allegation intelligence information leak secret asset wealth farmland crop harvest livestock cattle
    outbreak epidemic drought climate weather inflation deficit currency austerity corruption poverty terrorism extremism
    militancy nationalism separatism bloodshed massacre carnage chaos anarchy unrest turmoil dispute row quarrel feud rift
    split stance mood sentiment anger fear hope doubt concern worry frustration courage commitment pledge oath promise vow
    lie truth rumour myth legend story tale life death body corpse grave funeral ceremony ritual prayer feast holiday
    festival game match tournament championship league cup goal score target objective aim purpose motive reason cause
    outcome consequence result success failure victory defeat loss gain profit business interest stock bond coin gold
    diamond jewel arsenal stockpile cache warhead explosive detonator grenade rifle pistol knife sword machete armour
    helmet uniform badge banner poster leaflet slogan chant song anthem tent tractor bulldozer lorry van jeep motorcycle
    bicycle wagon crane cable wire pole tower antenna satellite camera lens mirror window door roof wall fence gate
    barrier barricade roadblock stronghold bunker camp"""
)
# How near to the plane between people and things a noun may lie, towards the things, by its ending.
_PEOPLE_END = ("er", "or", "ist", "ian", "ee", "eer", "man", "woman")
_THINGS_END = ("ion", "ment", "ness", "ity", "ism", "ship", "ance", "ence", "ing", "age", "cy")
_LEAST = -0.1
_LEAST_OF_PEOPLE = -0.5
_LEAST_OF_THINGS = 0.3
_RIDGE = 1.0


def is_somebody(noun: Token) -> bool:
    """Tell nouns of people and bodies from places, things and matters; a proper name counts as somebody.

    A noun for which the language model has no vector is taken for nobody.
    """
    if noun.pos_ == "PROPN":
        return True
    lemma = str(noun.lemma_).lower()
    if lemma in KIND_OF or lemma in _THINGS or lemma in _MATTERS:
        return lemma in KIND_OF
    least = _LEAST
    if lemma.endswith(_PEOPLE_END):
        least = _LEAST_OF_PEOPLE
    elif lemma.endswith(_THINGS_END):
        least = _LEAST_OF_THINGS
    return _lean(lemma, noun.vocab) > least


@cache
def _lean(lemma: str, vocab: Vocab) -> float:
    """Return how far a word lies on the people's side of the plane, which they lie at 1 from and things at -1."""
    vector = unit_vector(lemma, vocab, vocab.vectors_length)
    if vector is None:
        return -1.0
    plane = _plane(vocab)
    return float(vector @ plane[:-1] + plane[-1])


@cache
def _plane(vocab: Vocab) -> Floats:
    """Return the plane's weights, shape (length of a vector + 1,), the last its distance."""
    people, things = _vectors(KIND_OF, vocab), _vectors(_THINGS | _MATTERS, vocab)
    rows = np.vstack([people, things])
    rows = np.hstack([rows, np.ones((len(rows), 1), dtype=np.float32)])
    sides = np.repeat([1.0, -1.0], [len(people), len(things)])
    share = np.repeat([len(rows) / (2 * len(people)), len(rows) / (2 * len(things))], [len(people), len(things)])
    weighed = (rows * share[:, None]).T
    plane = np.linalg.solve(weighed @ rows + _RIDGE * np.eye(rows.shape[1]), weighed @ sides)
    return np.asarray(plane, dtype=np.float32)


def _vectors(words: Iterable[str], vocab: Vocab) -> Floats:
    found = [v for word in sorted(words) if (v := unit_vector(word, vocab, vocab.vectors_length)) is not None]
    return np.asarray(found, dtype=np.float32)
