"""The map goes first: a page waits for it, but not for ever."""

from __future__ import annotations

import threading
import time

from dashboard.precedence import DRAWN_S, after_you, map_waits


def test_a_page_waits_for_the_map_and_until_it_can_be_drawn():
    done: list[float] = []
    with map_waits():
        page = threading.Thread(target=lambda: done.append(time.monotonic() if after_you(10) else 0.0))
        page.start()
        assert not done
    answered = time.monotonic()
    page.join(10)
    assert done[0] >= answered + DRAWN_S * 0.9


def test_a_slow_map_does_not_hold_a_page_up():
    with map_waits():
        assert not after_you(0.01)


def test_a_map_that_waits_for_nothing_holds_nobody_up():
    time.sleep(DRAWN_S)
    began = time.monotonic()
    assert after_you(10)
    assert time.monotonic() - began < 1
