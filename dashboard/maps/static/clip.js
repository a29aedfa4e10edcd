/* What of a shape lies near the window: close up, a country is a million pixels wide, and to fill all of it
   takes a tenth of a second where there is no graphics card. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const EDGE_PX = 8; // beyond the window: no cut is ever seen

  /** Cut a ring, flat pixels, at one side: those points are kept whose `axis` (0: x, 1: y) times `sign` is at most `limit`. */
  function cut(points, axis, sign, limit) {
    const out = [];
    const n = points.length;
    for (let i = 0; i < n; i += 2) {
      const j = i ? i - 2 : n - 2;
      const from = points[j + axis] * sign - limit;
      const to = points[i + axis] * sign - limit;
      if (from > 0 !== to > 0) {
        const at = from / (from - to);
        out.push(points[j] + (points[i] - points[j]) * at, points[j + 1] + (points[i + 1] - points[j + 1]) * at);
      }
      if (to <= 0) out.push(points[i], points[i + 1]);
    }
    return out;
  }

  function edges(box) {
    return [box.min.x - EDGE_PX, box.min.y - EDGE_PX, box.max.x + EDGE_PX, box.max.y + EDGE_PX];
  }

  /** Add a ring of unit coordinates to a path, to be filled; t: {scale, dx, dy, box}. */
  function ring(path, xy, t) {
    const [x0, y0, x1, y1] = edges(t.box);
    let points = new Array(xy.length);
    for (let i = 0; i < xy.length; i += 2) {
      points[i] = xy[i] * t.scale + t.dx;
      points[i + 1] = xy[i + 1] * t.scale + t.dy;
    }
    for (const [axis, sign, limit] of [[0, -1, -x0], [0, 1, x1], [1, -1, -y0], [1, 1, y1]]) points = cut(points, axis, sign, limit);
    for (let i = 0; i < points.length; i += 2) path[i ? "lineTo" : "moveTo"](points[i], points[i + 1]);
    if (points.length) path.closePath();
  }

  /** Add a line of unit coordinates to a path, to be stroked: piece by piece, as it comes into the window and leaves it. */
  function line(path, xy, t) {
    const [x0, y0, x1, y1] = edges(t.box);
    let px = xy[0] * t.scale + t.dx;
    let py = xy[1] * t.scale + t.dy;
    let inside = false; // whether the path ends at the last point
    for (let i = 2; i < xy.length; i += 2) {
      const x = xy[i] * t.scale + t.dx;
      const y = xy[i + 1] * t.scale + t.dy;
      let from = 0;
      let to = 1;
      for (const [step, room] of [[px - x, px - x0], [x - px, x1 - px], [py - y, py - y0], [y - py, y1 - py]]) {
        if (step === 0) {
          if (room < 0) to = -1; // it runs beside the window
        } else if (step < 0) from = Math.max(from, room / step);
        else to = Math.min(to, room / step);
      }
      if (from <= to) {
        if (!inside || from > 0) path.moveTo(px + (x - px) * from, py + (y - py) * from);
        path.lineTo(px + (x - px) * to, py + (y - py) * to);
      }
      inside = from <= to && to === 1;
      px = x;
      py = y;
    }
  }

  CM.clip = { ring: ring, line: line };
})();
