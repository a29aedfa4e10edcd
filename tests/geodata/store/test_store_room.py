"""How much memory a store takes: little between large pieces of work, and no more counted views than there is room for."""

import math

import duckdb
import numpy as np
import pytest

from geodata.store.counting import Count
from geodata.store.digest import Digest, Kept
from geodata.store.room import Room
from geodata.view import View


@pytest.fixture
def database():
    with duckdb.connect(":memory:") as con:
        yield con


def _limit(con):
    """Return the limit in MiB."""
    number, unit = con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0].split()
    return float(number) * {"MiB": 1, "GiB": 1024}[unit]


def test_memory_is_lent_for_as_long_as_the_work_lasts(database):
    machine = _limit(database)
    room = Room(database)
    usual = _limit(database)
    assert usual < 300
    with room.of(2000):
        lent = _limit(database)
        assert usual < lent < machine
        with room.of(math.inf):
            assert _limit(database) == pytest.approx(machine, rel=0.02)
        with room.of(10):
            assert _limit(database) == lent, "the larger work goes on"
    assert _limit(database) == usual
    room.on_top_mb = 1000
    with room.of(1000):
        assert _limit(database) == lent, "what is held anyway comes on top"
    room.unbind()
    assert _limit(database) == pytest.approx(machine, rel=0.02)


def test_no_more_views_are_kept_than_there_is_room_for():
    counted = []

    def make(key):
        def count(_missing):
            counted.append(key)
            return Digest({"places": Count(np.arange(100), np.ones(100, np.int64))})  # 1,600 bytes

        return lambda: kept.get(key, frozenset({"places"}), count)

    kept = Kept(10, 4000)
    first, second, third = (make(View(text=word)) for word in ("one", "two", "three"))
    for ask in (first, second, first, third, first, third):
        ask()
    assert len(counted) == 3, "two of them have room, and those asked for last are kept"
    second()
    assert len(counted) == 4
