/* Which places share a mark, and what on the screen is near to what. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  /** Things on the screen by squares of it, so that only near ones are compared. */
  CM.Near = function (size) {
    const squares = new Map();
    const each = function (x0, y0, x1, y1, visit) {
      for (let i = Math.floor(x0 / size); i <= Math.floor(x1 / size); i++) {
        for (let j = Math.floor(y0 / size); j <= Math.floor(y1 / size); j++) {
          if (visit(i + ":" + j)) return true;
        }
      }
      return false;
    };
    this.add = (x0, y0, x1, y1, thing) =>
      each(x0, y0, x1, y1, function (square) {
        if (!squares.has(square)) squares.set(square, []);
        squares.get(square).push(thing);
      });
    this.some = (x0, y0, x1, y1, test) => each(x0, y0, x1, y1, (square) => (squares.get(square) || []).some(test));
  };

  const WIDEST = 32; // px: two marks further apart than this never overlap

  /** Marks that would overlap become one, at the place that has the most events: nothing is moved. */
  CM.merge = function (places, map) {
    const zoom = map.getZoom();
    const rows = places.map(function (p) {
      return { place: p, at: map.project([p.lat, p.lon], zoom) };
    });
    rows.sort((a, b) => b.place.count - a.place.count || ((a.place.name || "") < (b.place.name || "") ? -1 : 1));
    let groups = rows.map((row) => ({ at: row.at, count: row.place.count, members: [row.place] }));
    // A mark grows with what it takes in and may then touch the next one: repeat until all is calm.
    for (let before = -1; before !== groups.length && zoom < map.getMaxZoom(); ) {
      before = groups.length;
      const kept = [];
      const near = new CM.Near(WIDEST);
      for (const group of groups) {
        const r = CM.radius(group.count);
        const x = group.at.x;
        const y = group.at.y;
        let first = null;
        near.some(x - WIDEST, y - WIDEST, x + WIDEST, y + WIDEST, function (k) {
          if ((!first || k.n < first.n) && k.at.distanceTo(group.at) < Math.max(20, CM.radius(k.count) + r - 1)) first = k;
          return false;
        });
        if (first) {
          first.members = first.members.concat(group.members);
          first.count += group.count;
        } else {
          group.n = kept.push(group);
          near.add(x, y, x, y, group);
        }
      }
      groups = kept;
    }
    return groups.map(function (g) {
      const quads = {};
      for (const p of g.members) for (const q in p.quads) quads[q] = (quads[q] || 0) + p.quads[q];
      return { lead: g.members[0], members: g.members, count: g.count, quads: quads };
    });
  };
})();
