"""Rows of a GeoNames dump, and its codes of kinds of places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer.geonames_features import feature, is_gone
from geodata.gazetteer.geonames_rows import BrokenLineError, dump_row


@given(st.binary(max_size=400))
def test_any_line_is_a_row_or_a_broken_line(content):
    try:
        row = dump_row(content.split(b"\t"))
    except BrokenLineError:
        return
    assert -90 <= row.lat <= 90


@given(st.lists(st.text(max_size=12).filter(lambda text: "\t" not in text), min_size=19, max_size=19))
def test_any_columns_are_a_row_or_a_broken_line(columns):
    columns[4:6] = "35", "44"
    columns[0] = "12"
    try:
        row = dump_row([column.encode("utf-8", "surrogatepass") for column in columns])
    except BrokenLineError:
        return
    assert row.name
    assert not any(mark in row.name for mark in "\x1b\u202e\n")


@pytest.mark.parametrize("code", ["PPLQ", "AIRQ", "CMPQ", "PPLH", "ADM1H", "RGNH"])
def test_abandoned_places_are_gone(code):
    assert is_gone(code)


@pytest.mark.parametrize("code", ["CH", "SCH", "BCH", "AIRH", "MRSH", "PPLW", "MSQE", "PPL", ""])
def test_a_code_that_ends_like_those_is_not_gone(code):
    assert not is_gone(code)


@pytest.mark.parametrize(
    ("code", "kind", "precision"),
    [("S.AIRB", "air base", "site"), ("S.AIRP", "airport", "site"), ("L.MILB", "military base", "site"), ("S.HSP", "hospital", "site"),
     ("S.PRN", "prison", "site"), ("S.OILR", "refinery", "site"), ("S.CMPRF", "camp", "site"), ("L.OILF", "oil field", "district"),
     ("L.RGN", "region", "district"), ("T.HLL", "hill", "district"), ("T.VAL", "valley", "district"), ("H.LK", "lake", "district"),
     ("V.FRST", "forest", "district"), ("R.RD", "road", "district"), ("U.RDGU", "undersea feature", "district"), ("S.NEWCODE", "building", "site")],
)  # fmt: skip
def test_a_code_has_a_readable_kind(code, kind, precision):
    found = feature(*code.split("."))
    assert (found.kind, found.precision) == (kind, precision)


def test_a_class_that_does_not_exist_is_nothing():
    assert feature("?", "X") is None
