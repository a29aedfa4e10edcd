"""Pictures of pages against those that were looked at and kept.

Both are made four times smaller first, and small differences of a spot do not count: an edge that another version of
Chromium smooths otherwise is no change, a button of another colour is one.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

KEPT = Path(__file__).parent / "baselines"
RENEW = "RENEW_BASELINES"
FINER = 4  # px of a spot's side
MOST_OF_A_SPOT = 24  # of 255, in the channel that differs most
MOST_SPOTS = 0.001  # share of spots that may differ
_TRIES = 12


def at_rest(page: Page, hidden: list[Locator]) -> Image.Image:
    """Take pictures of what is in the window until two are the same."""
    page.mouse.move(1, 1)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    before = b""
    for _ in range(_TRIES):
        taken = page.screenshot(animations="disabled", caret="hide", mask=hidden, mask_color="#808080")
        if taken == before:
            return Image.open(io.BytesIO(taken)).convert("RGB")
        before = taken
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    msg = "The page does not come to rest."
    raise AssertionError(msg)


def different(kept: Image.Image, seen: Image.Image) -> float:
    """Return the share of spots that differ; all of them when the sizes do."""
    if kept.size != seen.size:
        return 1.0
    spots = [np.asarray(picture.reduce(FINER), dtype=np.int16) for picture in (kept, seen)]
    return float((np.abs(spots[0] - spots[1]).max(axis=2) > MOST_OF_A_SPOT).mean())


def check(name: str, seen: Image.Image, *, failed: Path) -> None:
    """Fail when a picture is not as the kept one; with RENEW_BASELINES=1 keep it instead."""
    path = KEPT / f"{name}.png"
    if os.environ.get(RENEW):
        seen.save(path, optimize=True)
        return
    how = f"Look at it, and if it is meant to be so: {RENEW}=1 pytest tests/browser/test_baselines.py"
    failed.mkdir(exist_ok=True)
    if not path.is_file():
        seen.save(failed / f"{name}-seen.png")
        msg = f"There is no kept picture {path.name}. {how}"
        raise AssertionError(msg)
    kept = Image.open(path).convert("RGB")
    share = different(kept, seen)
    if share > MOST_SPOTS:
        seen.save(failed / f"{name}-seen.png")
        kept.save(failed / f"{name}-kept.png")
        msg = f"{name} has changed in {share:.2%} of its spots: see {failed}/{name}-seen.png and -kept.png. {how}"
        raise AssertionError(msg)
