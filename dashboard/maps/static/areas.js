/* Areas: events of which only a province or a country is known. All of them on one canvas, because a page of a
   million events has more than a thousand; their labels are marks like any other (events.js). */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  const LINE_PX = 1; // any wider, and drawing a thousand dotted lines without a graphics card takes twenty times as long

  const Areas = CM.Canvas.extend({
    options: { padding: 0.15, pane: "areas" },

    /** own: {palette, getShapes(ids, fine) -> Promise<{id: parts}>, busy(), onPick(area), tip(area), tooltip} */
    initialize: function (own) {
      L.Canvas.prototype.initialize.call(this, { pane: "areas" });
      this._own = own;
      this._areas = [];
      this._coarse = new Map(); // shapes by id: null while they are asked for
      this._fine = new Map();
      this._theme = "light";
    },

    onAdd: function (map) {
      L.Canvas.prototype.onAdd.call(this, map);
      this._container.classList.add("cm-areas");
      this._map.on("mousemove", this._moved, this);
      this._map.on("mouseout", this._left, this);
      this._map.on("click", this._clicked, this);
    },

    onRemove: function () {
      this._map.off("mousemove", this._moved, this);
      this._map.off("mouseout", this._left, this);
      this._map.off("click", this._clicked, this);
      this._left();
      L.Canvas.prototype.onRemove.call(this);
    },

    /** areas: as the server gives them; selected: id of a region or null. */
    show: function (areas, selected, theme) {
      const looks = areas.map((area) => [area.region, CM.majority(area.quads)]);
      const now = JSON.stringify([looks, selected, theme]);
      this._areas = areas; // the counts may be others
      if (now === this._shown) return;
      this._shown = now;
      this._selected = selected;
      this._theme = theme;
      if (this._map) this._soon();
    },

    /** The shape to draw, as fine as the base map; what is missing is noted. */
    _shape: function (area, missing) {
      const id = area.region;
      const fine = this._map.getZoom() >= CM.FINE_FROM && area.kind !== "country";
      const held = fine ? this._fine : this._coarse;
      if (!held.has(id)) (fine ? missing.fine : missing.coarse).push(id);
      return held.get(id) || this._coarse.get(id) || this._fine.get(id) || null;
    },

    _ask: function (ids, fine) {
      const held = fine ? this._fine : this._coarse;
      for (const id of ids) held.set(id, null);
      this._own.getShapes(ids, fine).then(
        (found) => {
          for (const id in found) held.set(id, found[id]);
          if (this._map) this._soon();
        },
        () => ids.forEach((id) => held.delete(id)), // asked for again when the map moves
      );
    },

    _draw: function () {
      const ctx = this._ctx;
      const box = this._bounds;
      if (!ctx || !box) return;
      ctx.clearRect(box.min.x, box.min.y, box.max.x - box.min.x, box.max.y - box.min.y);
      const missing = { fine: [], coarse: [] };
      const looks = new Map(); // what looks the same is one path
      this._drawn = [];
      for (const area of this._areas) {
        const parts = this._shape(area, missing);
        if (!parts) continue;
        this._drawn.push({ area: area, parts: parts });
        const chosen = area.region === this._selected;
        const key = CM.majority(area.quads) + area.kind + chosen;
        if (!looks.has(key)) looks.set(key, { area: area, chosen: chosen, parts: [] });
        looks.get(key).parts.push(...parts);
      }
      ctx.save();
      const ordered = Array.from(looks.values()).sort((a, b) => a.chosen - b.chosen);
      for (const look of ordered) this._paint(ctx, box, look);
      ctx.restore();
      this._container.setAttribute("data-areas", this._drawn.length);
      if (missing.coarse.length) this._ask(missing.coarse, false);
      if (missing.fine.length) this._ask(missing.fine, true);
    },

    _paint: function (ctx, box, look) {
      const palette = this._own.palette;
      const scale = 256 * Math.pow(2, this._map.getZoom());
      const origin = this._map.getPixelOrigin();
      const colour = palette.quads[CM.majority(look.area.quads)];
      const line = look.chosen
        ? { stroke: palette[this._theme].ink, width: 2.2 }
        : { stroke: colour, width: LINE_PX, dash: [1, 4] };
      ctx.lineCap = look.chosen ? "butt" : "round";
      for (let copy = -1; copy <= 1; copy++) {
        const t = { scale: scale, dx: copy * scale - origin.x, dy: -origin.y, box: box };
        ctx.globalAlpha = look.area.kind === "country" ? 0.05 : 0.13;
        CM.paint(ctx, t, look.parts, { fill: colour });
        ctx.globalAlpha = 1;
        CM.paint(ctx, t, look.parts, line);
      }
    },

    /** The smallest area at a place: a province lies on its country. */
    _at: function (event) {
      const target = event.originalEvent && event.originalEvent.target;
      if (this._own.busy() || (target && target.closest && target.closest(".leaflet-control, .cm-mark"))) return null;
      const p = CM.project(event.latlng.wrap().lng, event.latlng.lat);
      let best = null;
      for (const drawn of this._drawn || []) {
        if (!CM.holds(drawn.parts, p[0], p[1])) continue;
        const size = drawn.parts.reduce((sum, part) => sum + (part.x1 - part.x0) * (part.y1 - part.y0), 0);
        if (!best || size < best.size) best = { area: drawn.area, size: size };
      }
      return best && best.area;
    },

    _moved: function (event) {
      const area = this._at(event);
      if (!area) return this._left();
      this._under = true;
      this._map.getContainer().style.cursor = "pointer";
      CM.openTip(this._map, this._own.tooltip, event.latlng, this._own.tip(area));
    },

    _left: function () {
      if (!this._under) return;
      this._under = false;
      this._map.getContainer().style.cursor = "";
      this._map.closeTooltip(this._own.tooltip);
    },

    _clicked: function (event) {
      const area = this._at(event);
      if (area) this._own.onPick(area);
    },
  });

  CM.areas = function (own) {
    return new Areas(own);
  };
})();
