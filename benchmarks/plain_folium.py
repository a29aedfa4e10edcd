"""The peer of `map.py`: the same events as plain Folium, one CircleMarker each, in Streamlit with one filter."""

from __future__ import annotations

import mimetypes
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from servers import HOST, LISTEN, WAIT_MS, WINDOW, p95, running

from dashboard.assets import leaflet_folder
from dashboard.commands.serve import free_port
from geodata.store import Store
from geodata.view import View

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

FOLIUM_CHOICES = 6
# What a person would write first: one CircleMarker for each event.
FOLIUM = """
import folium, pandas as pd, streamlit as st
from streamlit_folium import st_folium
st.set_page_config(layout="wide")
events = pd.read_parquet("events.parquet")
kind = st.radio("Type", ["all", *sorted(events.type.unique())], horizontal=True)
if kind != "all":
    events = events[events.type == kind]
made = folium.Map(location=[20, 20], zoom_start=3, tiles=None, prefer_canvas=False)
made.options["maxZoom"] = 18
for row in events.itertuples():
    folium.CircleMarker([row.lat, row.lon], radius=4, tooltip=row.title).add_to(made)
st_folium(made, key="map", use_container_width=True, returned_objects=[])
"""
DRAWN = """
(wanted) => {
  const frame = document.querySelector('iframe[src*="folium"]');
  const inside = frame && frame.contentDocument;
  return inside && inside.querySelectorAll('path.leaflet-interactive').length === wanted
    ? performance.timeOrigin + performance.now() : false;
}
"""


def _from_here(route: Route) -> None:
    """Answer for the servers that Folium's scripts lie on: with Leaflet, and with nothing for what is not used here."""
    path = leaflet_folder() / route.request.url.rpartition("/")[2]
    if path.name in {"leaflet.js", "leaflet.css"}:
        route.fulfill(path=path)
    else:
        route.fulfill(body="", content_type=mimetypes.guess_type(path.name)[0] or "text/plain")


def folium(browser: Browser, store: Path) -> dict[str, float]:
    """Measure plain Folium on the same events: a click on a filter until all its markers are painted."""
    with Store.open(store, read_only=True) as opened_store, tempfile.TemporaryDirectory() as home:
        frame = opened_store.rows(View())
        events = frame[frame["lat"].notna()][["lat", "lon", "type", "title"]]
        events.to_parquet(Path(home) / "events.parquet")
        (Path(home) / "plain.py").write_text(FOLIUM)
        sizes = events["type"].value_counts().to_dict()
        port = free_port(HOST, 8800)
        command = [sys.executable, "-m", "streamlit", "run", "plain.py", "--server.port", str(port)]
        command += ["--server.address", HOST, "--server.headless", "true", "--browser.gatherUsageStats", "false"]
        with running(command, port, dict(os.environ), Path(home), "/_stcore/health"):
            context = browser.new_context(viewport=WINDOW)
            context.set_default_timeout(WAIT_MS)
            context.route(re.compile("^https:"), _from_here)
            page = context.new_page()
            page.goto(f"http://{HOST}:{port}")
            first = page.wait_for_function(DRAWN, arg=len(events), timeout=WAIT_MS).json_value()
            first -= page.evaluate("() => performance.timeOrigin")
            page.evaluate(LISTEN)
            clicks = []
            for kind in sorted(sizes, key=lambda kind: -sizes[kind])[:FOLIUM_CHOICES]:
                page.wait_for_timeout(300)
                page.locator('[data-testid="stRadio"] label').filter(has_text=kind).first.click()
                at = page.wait_for_function(DRAWN, arg=sizes[kind], timeout=WAIT_MS).json_value()
                clicks.append(at - page.evaluate("() => window.__pressed"))
            context.close()
    return {"first_s": first / 1000, "filter_median_ms": float(np.median(clicks)), "filter_p95_ms": p95(clicks)}
