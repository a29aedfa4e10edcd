from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.reading.blocks import BlockKind, find_dateline, split_blocks


def city(text: str) -> str | None:
    found = find_dateline(text)
    return text[slice(*found.places[0])] if found else None


@pytest.mark.parametrize(
    ("text", "name", "month", "day", "year"),
    [
        ("JUBA, March 3 (Agency) - Rebels left the town.", "JUBA", 3, 3, 0),
        ("NDJAMENA, Chad, 12 Aug. 2019 (Agency) - The border is open.", "NDJAMENA", 8, 12, 2019),
        ("MINSK, October 23. /AGY/. The talks began.", "MINSK", 10, 23, 0),
        ("TUNIS — 4 May 2021 — Police closed the port.", "TUNIS", 5, 4, 2021),
        ("SAN SALVADOR - The army searched the district.", "SAN SALVADOR", 0, 0, 0),
        ("ADEN (Agency) - A boat sank.", "ADEN", 0, 0, 0),
    ],
)
def test_datelines_give_the_town_and_the_day(text, name, month, day, year):
    found = find_dateline(text)
    assert city(text) == name
    assert (found.month, found.day, found.year) == (month, day, year)
    assert text[found.end :][:1].isupper()


@pytest.mark.parametrize(
    "text",
    ["The army left Juba.", "NATO said it would help.", "A - the first letter", "", "Juba - the town is quiet."],
)
def test_sentences_are_no_datelines(text):
    assert find_dateline(text) is None


def test_an_impossible_day_is_dropped_and_the_town_kept():
    found = find_dateline("JUBA, March 99 (Agency) - Rebels left.")
    assert found is None or found.day == 0


def test_headline_caption_and_paragraphs_are_told_apart():
    text = "Rebels leave Bor\nThe town after the fighting\n\nJUBA, March 3 (Agency) - Rebels left Bor.\n\nWhat comes next\n\nThe army is near."
    kinds = [block.kind for block in split_blocks(text)]
    assert kinds[:2] == [BlockKind.HEADLINE, BlockKind.HEADLINE]
    assert kinds[2:] == [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]
    dateline = split_blocks(text)[2]
    assert text[dateline.body_start :].startswith("Rebels left Bor")


def test_a_headline_alone_is_read_as_a_report():
    assert [b.kind for b in split_blocks("Two soldiers killed in Bor")] == [BlockKind.PARAGRAPH]


def test_wrapped_lines_make_one_paragraph():
    line = "the column of lorries moved along the river towards the next town and"
    text = f"{line}\n{line}\n{line}\nstopped.\n\n{line}\n{line}\n{line}\nturned back."
    assert len(split_blocks(text)) == 2


@pytest.mark.parametrize(
    "hostile",
    [
        "A-" * 5000,
        "A " * 5000,
        "A'" * 5000,
        "AB, " * 5000,
        "JUBA, " + "(" * 8000,
        "A.A." * 4000,
        "ÀÀ-" * 4000,
        "\n" * 20000,
    ],
)
def test_hostile_text_takes_no_longer_than_its_length_allows(hostile):
    started = time.perf_counter()
    find_dateline(hostile)
    split_blocks(hostile)
    assert time.perf_counter() - started < 30  # exponential time would take years


@given(st.text(max_size=400))
def test_blocks_lie_in_order_inside_the_text(text):
    blocks = split_blocks(text)
    position = 0
    for block in blocks:
        assert position <= block.start <= block.body_start <= block.end <= len(text)
        assert text[block.start : block.end].strip()
        position = block.end
    if text.strip():
        assert blocks


@given(st.text(alphabet="ABC abc.,-–/()0123456789\n", max_size=120))
def test_a_dateline_stays_inside_its_text(text):
    found = find_dateline(text)
    if found is not None:
        assert 0 <= found.start <= found.end <= len(text)
        assert all(found.start <= start < end <= found.end for start, end in found.places)


def test_a_line_that_goes_on_in_lower_case_is_no_new_paragraph():
    text = "A car bomb in the north has killed 13 soldiers, officials\n   say.\nThe blast destroyed a bus."
    assert [text[block.start : block.end].rsplit(maxsplit=1)[-1] for block in split_blocks(text)] == ["say.", "bus."]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("PORT SUDAN: Shells hit a school in Omdurman on Friday.", "Shells"),
        ("Shells hit a school\n\nPORT SUDAN: Troops took a bridge on Friday.\n\nNobody was hurt.", "Troops"),
        ("BREAKING: Shells hit a school in Omdurman.", "BREAKING"),
        ("KHALID: Who fired?\n\nOMAR: Nobody knows who fired.", "KHALID"),  # who speaks, and no town
        ("UN: Talks on Yemen are to go on.", "UN"),
    ],
)
def test_a_town_and_a_colon_open_a_report(text, begins):
    block = next(block for block in split_blocks(text) if block.kind is BlockKind.PARAGRAPH)
    assert text[block.body_start :].startswith(begins)
