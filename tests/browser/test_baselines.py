"""The pages look as they did when somebody last looked at them.

Renew the pictures after a change that is meant, and look at them before they are committed:

    RENEW_BASELINES=1 pytest tests/browser/test_baselines.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from comparing import KEPT, MOST_SPOTS, at_rest, check, different
from driving import PAINT_MS, MapPage, loaded
from pictured import VIEW, fill
from PIL import Image
from playwright.sync_api import expect
from serving import running

AREAS = 2  # provinces with events of which no more is known
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 400, "height": 860}
FREEZE = f"""
from dashboard.snapshots import folder, making
from geodata.view_url import Known, decode_view
view, problems = decode_view("{VIEW}", Known(actors=(), regions=("IQ",)))
assert not problems, problems
print(folder.freeze(making.Order(view=view, title="Iraq in October", note="Made up for a picture.")).path.name)
"""


@pytest.fixture(scope="module")
def pictured(tmp_path_factory, pytestconfig, gazetteer_path):
    """Return a server with the events that never change, and the id of a snapshot of them."""
    folder, root = tmp_path_factory.mktemp("pictured"), Path(pytestconfig.rootpath)
    fill(folder / "store")
    env = {key: value for key, value in os.environ.items() if not key.startswith("CONFLICTMAP_")}
    env |= {"CONFLICTMAP_DATA_DIR": str(folder), "CONFLICTMAP_GAZETTEER": str(gazetteer_path)}
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", FREEZE], cwd=root, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for installation in running(folder, gazetteer_path=gazetteer_path, filled=None, cwd=root):
        yield installation, done.stdout.split()[-1]


@pytest.fixture
def failed(pytestconfig) -> Path:
    return Path(pytestconfig.rootpath) / "test-results"


@pytest.fixture
def opened(new_context, pictured):
    """Return a function that opens the map page in some size and theme, and waits until all of it is there."""

    def make(size, theme):
        context, watch = new_context(
            pictured[0].url, viewport=size, color_scheme=theme, reduced_motion="reduce", timezone_id="UTC"
        )
        made = MapPage(context.new_page(), pictured[0], watch).open(VIEW)
        dressed(made, theme)
        return made

    return make


def dressed(the_map, theme):
    loaded(the_map.page)
    expect(the_map.map).to_have_attribute("data-theme", theme)
    expect(the_map.page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PAINT_MS)
    expect(the_map.page.locator("body.cm-scripted")).to_be_attached()
    expect(the_map.frame.locator(".cm-time-bar").first).to_be_attached()
    expect(the_map.frame.locator("canvas.cm-areas")).to_have_attribute(
        "data-areas", str(AREAS)
    )  # their shapes come by themselves
    expect(the_map.frame.locator("path.cm-outline").first).to_be_attached()
    the_map.frame_handle().evaluate(
        "() => document.fonts.load('12px \"Source Sans\"').then(() => document.fonts.ready.then(() => 1))"
    )
    the_map.look()


def test_map_by_day_and_by_night(opened, failed):
    the_map = opened(WIDE, "light")
    check("map-light", at_rest(the_map.page, []), failed=failed)
    the_map.page.emulate_media(color_scheme="dark")
    dressed(the_map, "dark")
    check("map-dark", at_rest(the_map.page, []), failed=failed)


def test_map_on_a_phone(opened, failed):
    check("map-phone", at_rest(opened(PHONE, "light").page, []), failed=failed)


def test_page_of_a_snapshot(new_context, pictured, failed):
    installation, snapshot_id = pictured
    context, _ = new_context(installation.url, viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{installation.url}/s/{snapshot_id}")
    expect(page.get_by_test_id("changes")).not_to_contain_text("Comparing", timeout=PAINT_MS)
    frozen = page.frame_locator('[data-testid="frozen-map"]')
    expect(frozen.locator(".leaflet-marker-icon").first).to_be_visible()
    hidden = [page.locator(".brand"), page.locator(".facts"), frozen.locator("header p:not(.sentence)")]
    check("snapshot", at_rest(page, hidden), failed=failed)


def test_a_colour_that_changes_is_noticed_and_another_smoothing_is_not(opened):
    kept = Image.open(KEPT / "map-light.png").convert("RGB")
    the_map = opened(WIDE, "light")
    the_map.frame_handle().evaluate(
        """() => {
          for (const node of document.querySelectorAll('[fill="#D55E00"], [stroke="#D55E00"]'))
            for (const name of ['fill', 'stroke'])
              if (node.getAttribute(name) === '#D55E00') node.setAttribute(name, '#CC79A7');
        }"""
    )
    changed = different(kept, at_rest(the_map.page, []))
    assert changed > MOST_SPOTS, f"only {changed:.3%} of the spots differ"
    softened = kept.resize((kept.width * 2, kept.height * 2), Image.Resampling.BICUBIC).resize(kept.size)
    assert different(kept, softened) <= MOST_SPOTS
