"""The look: nothing runs off a narrow screen, everything can be read, by day and by night, and reached by keys."""

from __future__ import annotations

import re

import pytest
from driving import PAINT_MS, WIDE, loaded
from playwright.sync_api import expect

from dashboard.texts import LOST
from geodata.ontology import EventType, Quad
from geodata.view import View

PAGES = ("", "articles", "method")
NARROW = {"width": 400, "height": 800}
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
LEAST_PX = 12
QUERY = "v=1&region=IQ-KI&type=assault"

# Every piece of text that is seen, with its size and its contrast to what lies under it.
TEXTS = """
() => {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const ctx = canvas.getContext('2d', { willReadFrequently: true });
  const rgba = css => {
    ctx.clearRect(0, 0, 1, 1);
    ctx.fillStyle = css;
    ctx.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = ctx.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const luminance = c => {
    const [r, g, b] = c.map(v => v / 255).map(v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const parent = node => node.parentElement || (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
  const behind = node => {
    const layers = [];
    for (let at = node; at; at = parent(at)) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const found = [];
  const look = root => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.shadowRoot) look(node.shadowRoot);
      if (!(node instanceof Element) || node instanceof SVGElement && !node.closest('.cm-time, .cm-mark')) continue;
      const words = Array.from(node.childNodes).filter(n => n.nodeType === 3).map(n => n.textContent.trim()).join(' ').trim();
      if (!words || ['STYLE', 'SCRIPT', 'NOSCRIPT', 'OPTION', 'TITLE'].includes(node.tagName)) continue;
      if (node.closest('[data-testid="stIconMaterial"], [disabled], [aria-disabled="true"], [data-placeholder], canvas, [hidden]')) continue;
      if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const box = node.getBoundingClientRect();
      if (box.width < 3 || box.height < 3) continue;
      const style = getComputedStyle(node);
      const under = behind(node);
      const ink = over(rgba(node instanceof SVGElement ? style.fill : style.color), under);
      const [high, low] = [luminance(ink), luminance(under)].sort((a, b) => b - a);
      found.push({ words: words.slice(0, 50), px: parseFloat(style.fontSize), contrast: (high + 0.05) / (low + 0.05), where: node.className.toString().slice(0, 60) });
    }
  };
  look(document.body);
  return found;
}
"""


def opened(new_context, dashboard, path, **options):
    context, _ = new_context(dashboard.url, **options)
    page = context.new_page()
    page.goto(f"{dashboard.url}/{path}")
    ready = (
        page.get_by_test_id("sentence")
        if path == "" or path.startswith("?")
        else page.get_by_role("heading", level=1).last
    )
    expect(ready).to_be_visible(timeout=30_000)
    if path == "articles":
        expect(page.get_by_test_id("stDataFrame")).to_be_visible(timeout=30_000)
    if path == "":
        frame = page.frame_locator(".st-key-map-frame iframe")
        expect(frame.locator(".leaflet-marker-icon").first).to_be_attached(timeout=30_000)
        expect(frame.locator(".cm-time-bar").first).to_be_attached(timeout=30_000)
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible(timeout=30_000)
    return page


def said(text) -> str:
    return f"“{text['words']}” has {text['px']:g} px and a contrast of {text['contrast']:.2f}"


def too_wide(page) -> list[str]:
    """Return what makes a page scroll sideways."""
    return page.evaluate(
        """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
          .filter(node => node.scrollWidth > node.clientWidth + 1)
          .map(node => `${node.tagName} ${node.dataset.testid || ''}: ${node.scrollWidth} > ${node.clientWidth}`)"""
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES, ids=["map", "articles", "method"])
def test_everything_can_be_read_on_a_wide_screen(new_context, dashboard, path, theme):
    page = opened(new_context, dashboard, path, color_scheme=theme, viewport=WIDE)
    assert too_wide(page) == []
    texts = page.evaluate(TEXTS)
    if path == "":
        frame = page.locator(".st-key-map-frame iframe").element_handle().content_frame()
        inside = frame.evaluate(TEXTS)
        assert inside, "the legend has words"
        texts += inside
    assert len(texts) > 10
    small = {said(text) for text in texts if text["px"] < LEAST_PX}
    pale = {said(text) for text in texts if text["contrast"] < LEAST_CONTRAST}
    assert not small, "\n".join(sorted(small))
    assert not pale, "\n".join(sorted(pale))


@pytest.mark.parametrize("path", PAGES, ids=["map", "articles", "method"])
def test_nothing_runs_off_a_narrow_screen(new_context, dashboard, path):
    page = opened(new_context, dashboard, path, viewport=NARROW)
    assert too_wide(page) == []
    small = {said(text) for text in page.evaluate(TEXTS) if text["px"] < LEAST_PX}
    assert not small, "\n".join(sorted(small))


def test_on_a_narrow_screen_cards_go_under_the_map_and_filters_into_a_drawer(new_context, dashboard):
    page = opened(new_context, dashboard, "", viewport=NARROW)
    page.get_by_test_id("sentence").click(trial=True)  # nothing lies over it
    the_map, cards = page.locator(".st-key-map-frame").bounding_box(), page.locator(".st-key-cards").bounding_box()
    assert cards["y"] >= the_map["y"] + the_map["height"]
    assert the_map["width"] > 0.85 * NARROW["width"]
    expect(page.get_by_role("searchbox", name="Search")).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_role("searchbox", name="Search")).to_be_in_viewport()
    expect(page.get_by_role("combobox", name="Region", exact=True)).to_be_visible()


def test_on_a_narrow_screen_the_table_shows_all_of_each_event(new_context, dashboard):
    page = opened(new_context, dashboard, f"?{QUERY}", viewport=NARROW)
    page.locator(".st-key-list-as").get_by_text("Table", exact=True).click()
    box, row = page.locator(".cm-table-box"), page.get_by_test_id("event-row").first
    expect(row).to_be_visible()
    assert box.evaluate("node => node.scrollWidth <= node.clientWidth"), "it does not scroll sideways"
    assert too_wide(page) == []
    expect(row.get_by_role("cell").first).to_be_visible()
    for name in ("date", "type", "who", "place", "precision", "confidence", "source", "reports"):
        cell = row.locator(f".cm-col-{name}")
        if cell.inner_text():
            at = cell.bounding_box()
            assert at["x"] >= 0
            assert at["x"] + at["width"] <= NARROW["width"], name
    by_confidence = page.get_by_role("columnheader", name=re.compile("^Confidence"))
    by_confidence.get_by_role("button").click()
    expect(by_confidence).to_have_attribute("aria-sort", "descending")
    row.click()
    expect(row).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("mark", ["map-area", "map-point"])
def test_what_a_click_on_the_map_brings_is_seen_on_a_narrow_screen(new_context, dashboard, mark):
    page = opened(new_context, dashboard, f"?{QUERY.replace('IQ-KI', 'IQ')}", viewport=NARROW)
    page.frame_locator(".st-key-map-frame iframe").get_by_test_id(mark).first.click()
    expect(page.locator(".st-key-picked")).to_be_in_viewport()


def test_a_lost_connection_is_told_in_words_for_readers(new_context, dashboard):
    context, _ = new_context(dashboard.url)
    page, sockets = context.new_page(), []
    page.route_web_socket(
        re.compile("_stcore/stream"), lambda socket: (socket.connect_to_server(), sockets.append(socket))
    )
    page.goto(dashboard.url)
    loaded(page)
    page.route("**/_stcore/**", lambda route: route.abort())
    for socket in sockets:
        socket.close()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(LOST, timeout=PAINT_MS)
    expect(dialog).not_to_contain_text("Streamlit")


def test_day_and_night_differ_everywhere(new_context, dashboard):
    seen = {}
    for theme in ("light", "dark"):
        page = opened(new_context, dashboard, "", color_scheme=theme)
        container = page.frame_locator(".st-key-map-frame iframe").get_by_test_id("conflict-map")
        expect(container).to_have_attribute("data-theme", theme)
        background = "node => getComputedStyle(node).backgroundColor"
        seen[theme] = (
            page.get_by_test_id("stApp").evaluate(background),
            page.get_by_test_id("stSidebar").evaluate(background),
            container.evaluate(background),
        )
    for light, dark in zip(seen["light"], seen["dark"], strict=True):
        assert light != dark


# What has the focus, through shadow roots, and how it and what is around it look once it is drawn: two frames
# let the page react, and a transition on its way is put to its end.
SETTLED = """
const settled = async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (const moving of document.getAnimations()) if (moving instanceof CSSTransition) moving.finish();
};
"""
ACTIVE = (
    f"""
async () => {{ {SETTLED}
  await settled();
"""
    """
  let node = document.activeElement;
  while (node && node.shadowRoot && node.shadowRoot.activeElement) node = node.shadowRoot.activeElement;
  if (!node || node === document.body) return null;
  window.stops = window.stops || [];
  window.look = window.look || (start => {
    const parts = [];
    const add = (at, pseudo) => {
      const s = getComputedStyle(at, pseudo);
      parts.push([s.outlineStyle === 'none' ? '' : s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.color, s.textDecorationLine].join('|'));
    };
    let at = start;
    for (let up = 0; at && up < 5; up++, at = at.parentElement) { add(at); add(at, '::before'); add(at, '::after'); }
    for (const child of start.parentElement ? start.parentElement.querySelectorAll('*') : []) add(child);
    return parts.join('\\n');
  });
  window.stops.push([node, window.look(node)]);
  const label = node.labels && node.labels.length ? node.labels[0].innerText : '';
  return [node.tagName, node.getAttribute('aria-label') || label || node.innerText || node.title || ''].join(' ').trim().slice(0, 80);
}
"""
)
UNMARKED = (
    f"""
async () => {{ {SETTLED}
  document.activeElement.blur();
  await settled();
"""
    """
  return window.stops.filter(([node, focused]) => node.isConnected && node.tagName !== 'IFRAME' && window.look(node) === focused)
    .map(([node]) => node.outerHTML.slice(0, 160));
}
"""
)


def test_keys_reach_everything_and_the_focus_is_seen(new_context, dashboard):
    page = opened(new_context, dashboard, f"?{QUERY}", viewport=WIDE, reduced_motion="reduce")
    frame = page.locator(".st-key-map-frame iframe").element_handle().content_frame()
    expect(page.frame_locator(".st-key-map-frame iframe").get_by_test_id("map-point").first).to_be_visible()
    # What is still put in place while one goes along takes the focus away with it.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)
    for name in ("Region", "Actors"):
        expect(page.get_by_role("combobox", name=name, exact=True)).to_be_visible(timeout=30_000)
    reached, on_map = [], []
    for _ in range(150):
        page.keyboard.press("Tab")
        name = page.evaluate(ACTIVE)
        if name is None:
            break
        reached.append(" ".join(name.split()))  # labels have spaces of fixed width
        if name.startswith("IFRAME"):
            inside = frame.evaluate(ACTIVE)
            if inside:
                on_map.append(inside)
    words = "\n".join(reached)
    for wanted in (
        "Map", "Articles", "Method", "Search", "All dates", "year, From", "Region", "Actors", "Either role",
        "Material conflict", "Clear all", "Copy link", "Download", "Show on map",
    ):  # fmt: skip
        assert wanted in words, f"{wanted} is not reached by the tab key, only:\n{words}"
    assert any("reported event" in name for name in on_map), on_map
    assert any("Zoom in" in name for name in on_map), on_map
    assert page.evaluate(UNMARKED) == []
    assert frame.evaluate(UNMARKED) == []


def test_types_are_chosen_by_key(map_page):
    page = map_page.page
    page.locator(".st-key-filter-quad-4 input").focus()
    with map_page.installation.store() as store:
        found = dict(store.facet(View(), "type"))
    kinds = [kind for kind in EventType if kind.quad is Quad(4) and kind.value in found]
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.locator(f".st-key-filter-type-{kinds[1].value} input")).to_be_focused()
    page.keyboard.press("Space")
    map_page.agrees(View(types=(kinds[1],)))


def test_mark_is_chosen_by_key(the_map):
    the_map.open(QUERY)
    mark = the_map.frame.get_by_test_id("map-point").first
    name = mark.get_attribute("aria-label").split(":")[0]
    mark.focus()
    the_map.page.keyboard.press("Enter")
    expect(the_map.page.locator(".st-key-picked")).to_contain_text(name)
