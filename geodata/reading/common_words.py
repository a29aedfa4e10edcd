"""Words that are no names, as the project's own training text has them: `python -m geodata.reading.common_words`.

The command writes data/common_words.txt anew from data/sentences and data/reports.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import TYPE_CHECKING

from geodata.reading.annotated import annotated_sentences
from geodata.reading.classifying.examples import lines_of
from geodata.reading.headline_case import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)*")
_BEGINS = '.:"?!'  # the last mark before a sentence, which begins with a capital whatever its first word


def common_words_of(sentences: Iterable[str]) -> list[str]:
    """Return the words that stand in small letters more often than with a capital, where no sentence begins."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for sentence in sentences:
        for found in _WORD.finditer(sentence):
            before = sentence[max(0, found.start() - 2) : found.start()]
            if found[0].islower():
                small[found[0]] += 1
            elif before.endswith(" ") and before[0] not in _BEGINS:
                large[found[0].lower()] += 1
    return sorted(word for word, count in small.items() if len(word) > 1 and count > large[word])


def training_sentences() -> list[str]:
    """Return the training text; headlines, in which every word may have a capital, left out."""
    long = [(sentence.text, sentence.where) for sentence in annotated_sentences()]
    short = [(line.sentence, line.where) for line in lines_of(FILE.with_name("sentences"))]
    return list(dict.fromkeys(text for text, where in [*long, *short] if not where.startswith("headlines")))


if __name__ == "__main__":
    words = common_words_of(training_sentences())
    FILE.write_text("\n".join(words) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(words)} words: {FILE}\n")
