"""How many were killed or hurt, in phrases that say so whatever the parse."""

from __future__ import annotations

import re

from geodata.reading.numbers import NUMBER, Count, count_of

_ABOUT = r"(?:(?:at least|more than|nearly|about|around|some|up to|over|as many as|an estimated|another|the)\s+){0,2}"
_WHO = r"(?:[\w'’\-]+\s+){0,5}?"
# Of whom nothing else is told between: "60 casualties and tens of wounded" says nothing of how many were hurt.
_WHO_ALONE = r"(?:(?!(?:and|killed|dead|casualt\w+|martyrs?|deaths?)\b)[\w'’\-]+\s+){0,5}?"
_STOP = r"(?:wounded|injured|wounding|injuring|hurt|displaced|arrested|detained)"
_NO_COUNT = r"\b(?!\s*(?:%|percent|days?|hours?|years?|months?|weeks?|of the most))"

_DEAD = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<n>{NUMBER})\s+(?!(?:{_STOP})\b){_WHO}(?:had been|have been|has been|were|was|are|is|being)\s+(?:also\s+)?(?:shot\s+|stabbed\s+)?(?:killed|dead|murdered|executed)\b",
        rf"\b(?:killed|killing|kills|kill|claim(?:s|ed|ing)? the li(?:ves|fe) of|deaths? of|execution of|executed|murdered)\s+{_ABOUT}(?P<n>{NUMBER}){_NO_COUNT}",
        rf"\b(?P<n>{NUMBER})\s+(?:people\s+|civilians\s+|soldiers\s+|fighters\s+)?(?:dead|deaths|fatalities)\b",
        rf"\b(?P<n>{NUMBER})\s+(?!(?:{_STOP})\b)(?:[\w'’\-]+\s+){{0,3}}?(?:killed|slain)(?=\s+(?:in|by|as|near|at|after|when|during|across|and|on)\b|\s*[,;]|\s*$)",
        rf"\b(?:death )?toll\b[^.]{{0,90}}?\b(?:to|at|above|past|over|of|is|was|stands|reached|hit|topped|exceeded)\s+{_ABOUT}(?P<n>{NUMBER}){_NO_COUNT}",
        rf"\bleft\s+{_ABOUT}(?P<n>{NUMBER})\s+{_WHO}dead\b",
        rf"\b(?P<n>{NUMBER})\s+(?!(?:{_STOP})\b){_WHO}(?:died|perished)\b",
        rf"\bthe (?:killing|death|murder|execution) of\s+{_ABOUT}(?P<n>{NUMBER})\b",
    )
)  # fmt: skip
_HURT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:wounded|wounding|wounds|injured|injuring|injures|hurt|hurting)\s+{_ABOUT}(?P<n>{NUMBER}){_NO_COUNT}",
        rf"\b(?P<n>{NUMBER})\s+{_WHO_ALONE}(?:(?:had been|have been|has been|were|was|are|is)\s+)?(?:also\s+|seriously\s+|lightly\s+|critically\s+)?(?:wounded|injured|hurt|injuries)\b",
        rf"\bleft\s+{_ABOUT}(?P<n>{NUMBER})\s+{_WHO}(?:wounded|injured)\b",
    )
)  # fmt: skip
_NONE_DEAD = re.compile(
    r"\bno (?:casualties|deaths|fatalities)\b|\bno ?(?:one|body) (?:was|were|has been|had been) (?:reported )?(?:killed|dead|hurt|harmed)\b|\bwithout casualties\b",
    re.IGNORECASE,
)
_NONE_HURT = re.compile(r"\bno (?:casualties|injuries)\b|\bno one was (?:hurt|injured)\b|\bwithout casualties\b", re.IGNORECASE)  # fmt: skip
_SINGLE = re.compile(r"\b(?:killed|killing|kills|murdered|executed)\s+(?:a|an)\s+\w+", re.IGNORECASE)
# "Casualties" are both, and so are "killed or wounded" and "12 killed and wounded": neither number is stated.
_EITHER = re.compile(
    rf"\b(?:killed|dead|martyrs|casualties|death) (?:or|and) (?:the )?(?:wounded|wounds|injured|injury|injuries|hurt)\b"
    rf"|\b(?:kill(?:s|ed|ing)?) (?:or|and) (?:wound|injur|hurt)\w*\s+{_ABOUT}{NUMBER}\b",
    re.IGNORECASE,
)
# No report of one happening states more; a larger number is the toll of a war.
MOST = 5000


def dead_in(text: str) -> tuple[Count, int] | None:
    """Return the deaths that a text states and the character where it does; the first of several numbers."""
    stated = _first(_DEAD, text)
    if stated is not None:
        return stated if stated[0].best <= MOST else None
    if (one := _SINGLE.search(text)) is not None and not _EITHER.search(text):
        return Count(1, 1, 1), one.start()
    none = _NONE_DEAD.search(text)
    return (Count(0, 0, 0), none.start()) if none is not None else None


def hurt_in(text: str) -> tuple[Count, int] | None:
    """Return the injured that a text states and the character where it does."""
    stated = _first(_HURT, text)
    if stated is not None:
        return stated if stated[0].best <= MOST else None
    none = _NONE_HURT.search(text)
    return (Count(0, 0, 0), none.start()) if none is not None else None


def is_of_both(text: str) -> bool:
    """Tell whether a text says of one number that they were killed or hurt."""
    return _EITHER.search(text) is not None


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> tuple[Count, int] | None:
    either = [found.span() for found in _EITHER.finditer(text)]
    for pattern in patterns:
        for match in pattern.finditer(text):
            of_both = any(match.start() <= end and start <= match.end() for start, end in either)
            if not of_both and (count := count_of(text, match.start("n"))) is not None:
                return count, match.start("n")
    return None


_ACCIDENT = re.compile(
    r"\b(?:crash(?:ed|es|ing)?|accident|collision|collided|derail\w*|earthquake|quake|aftershock|flood\w*|landslide|mudslide|"
    r"avalanche|hurricane|typhoon|cyclone|tornado|lightning|drown\w*|capsiz\w*|stampede|heat ?wave|wildfire|"
    r"tree fell|collapsed|overturned|gas leak|short circuit|epidemic|outbreak|cholera|ebola)\b",
    re.IGNORECASE,
)
_VIOLENCE = re.compile(
    r"\b(?:attack\w*|shot|shooting|shell\w*|bomb\w*|gunm[ae]n|air ?strikes?|strikes?|raid\w*|clash\w*|militants?|rebels?|"
    r"missiles?|rockets?|drones?|suicide|assault\w*|ambush\w*|fighting|battle|fire|explosives?|blast|murder\w*|insurgents?)\b",
    re.IGNORECASE,
)


def is_accident(sentence: str) -> bool:
    """Tell whether a sentence speaks of an accident or of nature, and of no violence."""
    return _ACCIDENT.search(sentence) is not None and _VIOLENCE.search(sentence) is None
