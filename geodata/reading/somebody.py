"""Whether a common noun names somebody who can act, or a place, a thing or a matter: by its word vector.

No list holds all nouns for people ("gymnasts", "beekeepers", "ombudsman"). Those that do not lie much
nearer to the things below than to the nouns of people and bodies in `roles.py` are taken for somebody.
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

# Nouns of trades that are rare in news lie a little nearer to things ("beekeeper"), but not as far as "tyre".
_LEAST = -0.1


def is_somebody(noun: Token) -> bool:
    """Tell nouns of people and bodies from places, things and matters; a proper name counts as somebody.

    A noun for which the language model has no vector is taken for nobody.
    """
    if noun.pos_ == "PROPN":
        return True
    lemma = str(noun.lemma_).lower()
    if lemma in KIND_OF or lemma in _THINGS:
        return lemma in KIND_OF
    return _lean(lemma, noun.vocab) > _LEAST


@cache
def _lean(lemma: str, vocab: Vocab) -> float:
    """Return how much nearer a word is to the middle of people than of things, in cosines."""
    vector = unit_vector(lemma, vocab, vocab.vectors_length)
    return -1.0 if vector is None else float(vector @ (_middle(KIND_OF, vocab) - _middle(_THINGS, vocab)))


def _middle(words: Iterable[str], vocab: Vocab) -> Floats:
    return _middle_of(tuple(sorted(words)), vocab)


@cache
def _middle_of(words: tuple[str, ...], vocab: Vocab) -> Floats:
    vectors = [v for word in words if (v := unit_vector(word, vocab, vocab.vectors_length)) is not None]
    mean = np.mean(vectors, axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)
