"""No page asks any other host for anything, and none complains."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_map_page(new_context, dashboard, map_page_of, theme):
    context, watch = new_context(dashboard.url, color_scheme=theme)
    page = map_page_of(context, watch)
    page.open()
    page.open("v=1&region=IQ-KI")  # close enough for the fine shapes
    page.frame.locator(".leaflet-control-zoom-in").click()
    page.settled()
    page.frame.get_by_test_id("map-point").first.hover()
    expect(page.frame.locator(".cm-tooltip")).to_be_visible()
    assert watch.sockets, "Streamlit's own socket was seen"
    assert any("/api/cells" in url for url in watch.asked)
    watch.check_all()


@pytest.mark.parametrize(("path", "heading"), [("articles", "Articles"), ("method", "Method")])
def test_other_pages(new_context, dashboard, path, heading):
    context, watch = new_context(dashboard.url)
    page = context.new_page()
    page.goto(f"{dashboard.url}/{path}")
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(timeout=30_000)
    if path == "articles":
        expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    watch.check_all()


def test_no_link_or_file_on_a_page_leads_elsewhere_by_itself(new_context, dashboard):
    """What the browser loads by itself was recorded above; what stands in the markup is looked at here."""
    context, _ = new_context(dashboard.url)
    page = context.new_page()
    page.goto(f"{dashboard.url}/method")
    expect(page.get_by_role("heading", name="Method", exact=True)).to_be_visible(timeout=30_000)
    loaded = page.evaluate(
        "() => Array.from(document.querySelectorAll('[src], link[href]'))"
        ".map(node => node.src || node.href).filter(url => /^https?:/.test(url))"
    )
    assert [url for url in loaded if not url.startswith(dashboard.url)] == []


def test_server_writes_no_stack_trace(new_context, dashboard, map_page_of):
    context, watch = new_context(dashboard.url)
    map_page_of(context, watch).open("v=1&type=nonsense&from=nonsense&lat=x&z=-5")
    assert "Traceback" not in dashboard.log.read_text(errors="replace")
