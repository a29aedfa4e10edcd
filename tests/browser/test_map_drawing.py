"""What the map draws of land, borders and areas: the same as if all of it were drawn, and no more often than it moves."""

from __future__ import annotations

# Each canvas drawn as it is, and with every line of a shape; how many pixels then differ. Dashes may begin elsewhere.
DIFFERENT = """
() => {
  const live = ConflictMap._live;
  const base = Object.values(live.map._layers).find((layer) => layer.visible && layer.borders);
  const drawn = () => {
    base._draw();
    return base._ctx.getImageData(0, 0, base._container.width, base._container.height).data;
  };
  const whole = (path, xy, t) => {
    for (let i = 0; i < xy.length; i += 2) path[i ? "lineTo" : "moveTo"](xy[i] * t.scale + t.dx, xy[i + 1] * t.scale + t.dy);
  };
  const cut = ConflictMap.clip;
  const calls = { ring: 0, line: 0 };
  const counted = (name) => (...of) => ((calls[name] += 1), cut[name](...of));
  ConflictMap.clip = { ring: counted("ring"), line: counted("line") };
  const one = drawn();
  ConflictMap.clip = { ring: whole, line: whole };
  const other = drawn();
  ConflictMap.clip = cut;
  const colours = new Set();
  let different = 0;
  for (let i = 0; i < one.length; i += 4) {
    colours.add((one[i] << 16) + (one[i + 1] << 8) + one[i + 2]);
    if ([0, 1, 2].some((n) => Math.abs(one[i + n] - other[i + n]) > 24)) different += 1;
  }
  return { different: different, colours: colours.size, rings: calls.ring, lines: calls.line };
}
"""
COUNT_DRAWN = """
() => {
  const base = Object.values(ConflictMap._live.map._layers).find((layer) => layer.visible && layer.borders);
  const draw = base._draw;
  window.drawn = 0;
  base._draw = function () { window.drawn += 1; draw.call(this); };
}
"""


def test_close_up_the_map_looks_as_if_all_of_it_were_drawn(the_map):
    # A border, a coast with islands, land alone, and the line where the world begins again.
    for lat, lon, zoom in ((37.1, 42.4, 9), (36.9, 28.2, 10), (36.3, 43.1, 13), (65.5, -179.6, 9)):
        the_map.open(f"v=1&lat={lat}&lon={lon}&z={zoom}")
        the_map.settled()
        found = the_map.frame_handle().evaluate(DIFFERENT)
        assert found["rings"], "so close up nothing is drawn whole"
        assert found["different"] == 0, (lat, lon, zoom)
        if zoom < 13:
            assert found["colours"] > 2, "there is something to see"


def test_a_move_of_the_map_draws_its_base_once(map_page):
    map_page.settled()
    frame = map_page.frame_handle()
    frame.evaluate(COUNT_DRAWN)
    map_page.page.wait_for_timeout(1000)
    before = frame.evaluate("() => window.drawn")
    frame.evaluate("() => ConflictMap._live.map.panBy([120, 40], { animate: false })")
    map_page.settled()
    assert frame.evaluate("() => window.drawn") - before == 1
