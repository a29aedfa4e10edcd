/* Names on the map. Each name is placed only where it covers no other name and no event. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  const FONT = '"Source Sans", "Source Sans Pro", "Source Sans 3", system-ui, sans-serif';
  const GAP = 3; // px between two names
  const WIDEST = 300; // px: names are never wider
  const widths = new Map();

  function overlaps(a, b) {
    return a[0] < b[2] + GAP && a[2] + GAP > b[0] && a[1] < b[3] + GAP && a[3] + GAP > b[1];
  }

  const Labels = CM.Canvas.extend({
    options: { padding: 0.1, pane: "labels" },

    initialize: function (labels, colours, options) {
      L.Canvas.prototype.initialize.call(this, options);
      this._colours = colours;
      this._obstacles = [];
      this._named = [];
      this.setData(labels);
    },

    /** labels: {countries: [[name, lat, lon, size]], admin1: [[name, lat, lon]], towns: [[name, lat, lon, zoom]]} */
    setData: function (labels) {
      const of = (list, kind) =>
        (list || []).map(function (row) {
          const p = CM.project(row[2], row[1]);
          return { text: row[0], x: p[0], y: p[1], size: row[3] || 0, kind: kind };
        });
      const data = labels || {};
      const bySize = (a, b) => b.size - a.size;
      this._countries = of(data.countries, "country").sort(bySize);
      this._admin1 = of(data.admin1, "admin1").sort(bySize);
      this._towns = of(data.towns, "town").sort((a, b) => a.size - b.size); // size: the zoom from which it is named
    },

    setColours: function (colours) {
      this._colours = colours;
      if (this._map) this._soon();
    },

    onAdd: function (map) {
      L.Canvas.prototype.onAdd.call(this, map);
      document.fonts.addEventListener("loadingdone", (this._fontCame = () => this._measureAnew()));
    },

    onRemove: function (map) {
      document.fonts.removeEventListener("loadingdone", this._fontCame);
      L.Canvas.prototype.onRemove.call(this, map);
    },

    /** A canvas does not wait for its font: names were measured and drawn in another one until it came. */
    _measureAnew: function () {
      widths.clear();
      if (this._map) this._soon();
    },

    /** On a map that has names of its own only the marks are named. */
    setPlain: function (plain) {
      this._plain = plain;
      if (this._map) this._soon();
    },

    /** marks: [{lat, lon, radius, text?, says?}] in order of weight: never covered; named first, unless they say a name themselves. */
    setMarks: function (marks) {
      this._marks = marks.map(function (m) {
        const p = CM.project(m.lon, m.lat);
        return { x: p[0], y: p[1], radius: m.radius, text: m.text || "", says: m.says || "", box: m.box };
      });
      if (this._map) this._soon();
    },

    _draw: function () {
      const ctx = this._ctx;
      if (!ctx || !this._bounds) return;
      const b = this._bounds;
      ctx.clearRect(b.min.x, b.min.y, b.max.x - b.min.x, b.max.y - b.min.y);
      const zoom = this._map.getZoom();
      const scale = 256 * Math.pow(2, zoom);
      const origin = this._map.getPixelOrigin();
      const at = (p) => [p.x * scale - origin.x, p.y * scale - origin.y];
      const taken = [];
      const marks = this._marks || [];
      ctx.save();
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      for (const m of marks) {
        const p = at(m);
        const w = m.box ? m.box[0] / 2 : m.radius;
        const h = m.box ? m.box[1] / 2 : m.radius;
        taken.push([p[0] - w, p[1] - h, p[0] + w, p[1] + h]);
      }
      const named = new Set(marks.map((m) => m.says).filter(Boolean));
      for (const m of marks) {
        if (!m.text) continue;
        named.add(m.text);
        this._beside(ctx, at(m), m.radius, m.text, taken, { size: 12.5, weight: 500, fill: this._colours.ink, halo: 3.5 });
      }
      if (this._plain) return ctx.restore();
      if (zoom >= 3) {
        const big = zoom < 4 ? 250 : zoom < 5 ? 40 : 0; // square degrees of its box
        for (const c of this._countries) {
          if (c.size < big) break;
          this._centred(ctx, at(c), c.text.toUpperCase(), taken, { size: zoom >= 5 ? 13 : 12, weight: 400, fill: this._colours.faint, spacing: zoom >= 5 ? 5 : 2.5 });
        }
      }
      if (zoom >= 4) this._townNames(ctx, zoom, at, taken, named);
      if (zoom >= 6 && zoom < 10) {
        for (const a of this._admin1) {
          if (named.has(a.text)) continue;
          this._centred(ctx, at(a), a.text, taken, { size: 12, weight: 400, fill: this._colours.faint, spacing: 0.6, italic: true });
        }
      }
      ctx.restore();
    },

    _isInside: function (p) {
      const b = this._bounds;
      return p[0] >= b.min.x - WIDEST && p[0] <= b.max.x + WIDEST && p[1] >= b.min.y && p[1] <= b.max.y;
    },

    _townNames: function (ctx, zoom, at, taken, named) {
      const b = this._bounds;
      for (const town of this._towns) {
        if (town.size > zoom) break;
        if (named.has(town.text)) continue;
        const p = at(town);
        if (p[0] < b.min.x || p[0] > b.max.x || p[1] < b.min.y || p[1] > b.max.y) continue;
        const dot = [p[0] - 3, p[1] - 3, p[0] + 3, p[1] + 3];
        if (taken.some((t) => overlaps(dot, t))) continue;
        const placed = this._beside(ctx, p, 3.5, town.text, taken, { size: 12, weight: 400, fill: this._colours.text, halo: 3 });
        if (!placed) continue;
        taken.push(dot);
        ctx.beginPath();
        ctx.arc(p[0], p[1], 1.8, 0, 2 * Math.PI);
        ctx.fillStyle = this._colours.dot;
        ctx.fill();
      }
    },

    /** The width of a text, measured once. */
    _width: function (ctx, text, style) {
      const key = (style.italic ? "i" : "") + style.weight + " " + style.size + " " + (style.spacing || 0) + text;
      let width = widths.get(key);
      if (width === undefined) widths.set(key, (width = ctx.measureText(text).width));
      return width;
    },

    _font: function (ctx, style) {
      ctx.font = (style.italic ? "italic " : "") + style.weight + " " + style.size + "px " + FONT;
      if ("letterSpacing" in ctx) ctx.letterSpacing = (style.spacing || 0) + "px";
    },

    _centred: function (ctx, p, text, taken, style) {
      if (!this._isInside(p)) return false;
      this._font(ctx, style);
      const w = this._width(ctx, text, style);
      const box = [p[0] - w / 2, p[1] - style.size / 2, p[0] + w / 2, p[1] + style.size / 2];
      if (!this._free(box, taken)) return false;
      this._write(ctx, text, box[0], p[1], style);
      taken.push(box);
      return true;
    },

    /** To the right of a mark, else to its left, else below. */
    _beside: function (ctx, p, radius, text, taken, style) {
      if (!this._isInside(p)) return false;
      this._font(ctx, style);
      const w = this._width(ctx, text, style);
      const h = style.size;
      const places = [
        [p[0] + radius + 4, p[1]],
        [p[0] - radius - 4 - w, p[1]],
        [p[0] - w / 2, p[1] + radius + h / 2 + 3],
      ];
      for (const place of places) {
        const box = [place[0], place[1] - h / 2, place[0] + w, place[1] + h / 2];
        if (!this._free(box, taken)) continue;
        this._write(ctx, text, place[0], place[1], style);
        taken.push(box);
        return true;
      }
      return false;
    },

    _free: function (box, taken) {
      const b = this._bounds;
      if (box[2] < b.min.x || box[0] > b.max.x || box[3] < b.min.y || box[1] > b.max.y) return false;
      return !taken.some((t) => overlaps(box, t));
    },

    _write: function (ctx, text, x, y, style) {
      ctx.strokeStyle = this._colours.halo;
      ctx.globalAlpha = 0.85;
      ctx.lineWidth = style.halo || 2.5;
      ctx.strokeText(text, x, y);
      ctx.globalAlpha = 1;
      ctx.fillStyle = style.fill;
      ctx.fillText(text, x, y);
    },
  });

  CM.labels = function (labels, colours) {
    return new Labels(labels, colours);
  };
})();
