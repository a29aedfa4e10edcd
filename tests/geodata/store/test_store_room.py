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


def test_what_was_read_is_let_go_of_once_nobody_asks(tmp_path):
    with duckdb.connect(str(tmp_path / "file.duckdb")) as made:
        made.execute("CREATE TABLE numbers AS SELECT hash(range) AS n FROM range(3000000)")
    with duckdb.connect(":memory:") as con:
        con.execute(f"ATTACH '{tmp_path / 'file.duckdb'}' AS base (READ_ONLY)")
        room = Room(con)

        def held():
            return con.execute("SELECT sum(memory_usage_bytes) FROM duckdb_memory()").fetchall()[0][0]

        def ask():
            with room.asked():
                return con.execute("SELECT sum(n % 7) FROM base.numbers").fetchall()

        answer = ask()
        kept = held()
        assert not room.rest(60), "somebody asked just now"
        with room.asked():
            assert not room.rest(0), "somebody is asking"
        with room.of(2000):
            assert not room.rest(0), "large work goes on"
        assert held() == kept
        usual = _limit(con)
        assert room.rest(0)
        assert held() < kept / 2
        assert _limit(con) == usual
        assert not room.rest(0), "nothing was asked since"
        assert ask() == answer
        assert room.rest(0)


def test_no_more_views_are_kept_than_there_is_room_for():
    counted = []

    def make(key):
        def count(_missing):
            counted.append(key)
            return Digest({"places": Count(np.arange(100), np.ones(100, np.int64))})  # 800 bytes as they are kept

        return lambda: kept.get(key, frozenset({"places"}), count)

    kept = Kept(10, 2000)
    first, second, third = (make(View(text=word)) for word in ("one", "two", "three"))
    for ask in (first, second, first, third, first, third):
        ask()
    assert len(counted) == 3, "two of them have room, and those asked for last are kept"
    second()
    assert len(counted) == 4
