"""Ibis may be used by several threads at once."""

import ibis
from ibis.common.bases import Comparable

import geodata.store.filters  # noqa: F401 - every question comes by it


def test_no_comparison_is_remembered_that_another_thread_could_spoil():
    one, other = (ibis.table({"a": "int64"}, name="t").filter(ibis._.a > 1).op() for _ in range(2))
    assert one is not other
    assert one == other
    assert one != ibis.table({"a": "int64"}, name="t").filter(ibis._.a > 2).op()
    assert not Comparable.__cache__
