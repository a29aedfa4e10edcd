"""What an event is about, from words of its sentence."""

from __future__ import annotations

import re

from geodata.ontology import Context

_CUES: dict[Context, str] = {
    Context.MILITARY: r"militar|troops?|soldiers?|army|armed|forces|air ?strikes?|shell(?:ed|ing)|missiles?|peshmerga|artillery|battle|offensive|fighters?|weapons?|tanks?",
    Context.TERRITORY: r"territor|regained control|took control|captur|recaptur|retak|seiz(?:ed|ure)|border|withdr[ae]w|disputed|annex",
    Context.ELECTION: r"elections?|electoral|polls?|voters?|voted|voting|ballots?|referendum|candidates?",
    Context.INDEPENDENCE: r"independen|secession|secede|breakaway|separatis|autonom",
    Context.DIPLOMATIC: r"talks|negotiat|diplomat|foreign minister|ambassador|envoy|embassy|counterpart|summit|bilateral",
    Context.TERRORISM: r"terror|islamic state|\bisis\b|\bisil\b|daesh|al-qaeda|suicide bomb|extremis|jihad",
    Context.RESOURCE: r"\boil\b|oilfields?|\bgas\b|pipelines?|refiner|wells?|dams?\b|water supply|electricity|minerals?|\bmines?\b",
    Context.HUMANITARIAN: r"humanitarian|aid (?:convoy|worker|agenc|group)|relief|famine|hunger|shelter|food aid",
    Context.HUMAN_RIGHTS: r"human rights|abuses|war crimes?|torture|genocide|atrocit",
    Context.LEGAL: r"court|constitution|unconstitutional|trial|warrant|law(?:s|ful)?\b|legal|sentenced|convicted|judge",
    Context.ECONOMIC: r"sanctions?|trade|econom|budget|salar(?:y|ies)|bank|export|tariff|embargo|loan",
    Context.REFUGEE: r"refugees?|displac|fled|asylum|migrants?|returnees?",
}  # fmt: skip
_PATTERNS = {context: re.compile(rf"\b(?:{cues})", re.IGNORECASE) for context, cues in _CUES.items()}


def contexts_of(sentence: str) -> tuple[Context, ...]:
    """Return what a sentence is about, in the order of `Context`."""
    return tuple(context for context, pattern in _PATTERNS.items() if pattern.search(sentence))
