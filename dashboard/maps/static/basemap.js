/* The vector base map: land, lakes, lines and names on one canvas, no tiles.

   Everything is projected once to the unit square of web mercator and drawn ring by ring, so a
   redraw costs a few milliseconds. Names come from labels.js. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  const ADMIN1_LINES_FROM = 5; // zoom from which provinces are outlined
  CM.FINE_FROM = 7; // zoom from which the fine shape of a country is worth fetching
  const MAX_LAT = 85.0511;

  /** Unit web mercator: x and y between 0 and 1, y southwards. */
  function project(lon, lat) {
    const clamped = Math.max(-MAX_LAT, Math.min(MAX_LAT, lat));
    const s = Math.sin((clamped * Math.PI) / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)];
  }
  CM.project = project;

  /** A line of [lon, lat] pairs as a flat array of unit coordinates with its box. */
  function flatten(line) {
    const xy = new Float64Array(line.length * 2);
    const part = { xy: xy, x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
    for (let i = 0; i < line.length; i++) {
      const p = project(line[i][0], line[i][1]);
      xy[2 * i] = p[0];
      xy[2 * i + 1] = p[1];
      part.x0 = Math.min(part.x0, p[0]);
      part.x1 = Math.max(part.x1, p[0]);
      part.y0 = Math.min(part.y0, p[1]);
      part.y1 = Math.max(part.y1, p[1]);
    }
    return part;
  }

  /** All lines and rings of any GeoJSON object, each with its countries and whether it is contested. */
  function parts(geojson, out, about) {
    out = out || [];
    about = about || { ids: [], contested: false };
    if (!geojson) return out;
    const add = (line) => out.push(Object.assign(flatten(line), about));
    switch (geojson.type) {
      case "FeatureCollection":
        geojson.features.forEach((f) => parts(f, out));
        break;
      case "Feature": {
        const p = geojson.properties || {};
        const ids = p.countries || [p.country || p.id].filter(Boolean);
        parts(geojson.geometry, out, { ids: ids, contested: Boolean(p.contested) });
        break;
      }
      case "LineString":
        add(geojson.coordinates);
        break;
      case "MultiLineString":
      case "Polygon":
        geojson.coordinates.forEach(add);
        break;
      case "MultiPolygon":
        geojson.coordinates.forEach((polygon) => polygon.forEach(add));
        break;
    }
    return out;
  }
  CM.parts = parts;

  /** Whether a point of the unit square lies in a feature: an odd number of its rings around it. */
  function holds(parts, x, y) {
    let inside = false;
    for (const part of parts) {
      if (x < part.x0 || x > part.x1 || y < part.y0 || y > part.y1) continue;
      const xy = part.xy;
      for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
        const crosses = xy[i + 1] > y !== xy[j + 1] > y;
        if (crosses && x < ((xy[j] - xy[i]) * (y - xy[i + 1])) / (xy[j + 1] - xy[i + 1]) + xy[i]) inside = !inside;
      }
    }
    return inside;
  }
  CM.holds = holds;

  const KEPT_UP_TO = 256 * Math.pow(2, 8); // px around the world: beyond that a path would round its pixels
  const LEAST_PX = 1; // between two points of a path

  /** Go along a line of unit coordinates on a world `scale` px wide, without points that nobody could tell apart. */
  function along(path, xy, scale) {
    let px = xy[0] * scale;
    let py = xy[1] * scale;
    path.moveTo(px, py);
    for (let i = 2; i < xy.length; i += 2) {
      const x = xy[i] * scale;
      const y = xy[i + 1] * scale;
      if (i < xy.length - 2 && Math.abs(x - px) + Math.abs(y - py) < LEAST_PX) continue;
      path.lineTo(x, y);
      px = x;
      py = y;
    }
  }

  /** The path of a line, made once for each zoom: maps are moved and filtered more often than zoomed. */
  function pathOf(part, scale) {
    if (part.scale !== scale) {
      part.scale = scale;
      part.path = new Path2D();
      along(part.path, part.xy, scale);
    }
    return part.path;
  }

  /** Fill or stroke lines that lie in a window; t: {scale, dx, dy, box}. */
  function paint(ctx, t, list, style) {
    const b = t.box;
    const kept = t.scale <= KEPT_UP_TO;
    const path = new Path2D();
    for (const part of list) {
      const x0 = part.x0 * t.scale + t.dx;
      const x1 = part.x1 * t.scale + t.dx;
      const y0 = part.y0 * t.scale + t.dy;
      const y1 = part.y1 * t.scale + t.dy;
      if (x1 < b.min.x || x0 > b.max.x || y1 < b.min.y || y0 > b.max.y) continue;
      if (x1 - x0 < 0.7 && y1 - y0 < 0.7) continue; // smaller than a pixel
      if (kept) path.addPath(pathOf(part, t.scale));
      else if (style.fill) CM.clip.ring(path, part.xy, t);
      else CM.clip.line(path, part.xy, t);
    }
    ctx.save();
    if (kept) ctx.translate(t.dx, t.dy);
    if (style.fill) {
      ctx.fillStyle = style.fill;
      ctx.fill(path);
    }
    if (style.stroke) {
      ctx.strokeStyle = style.stroke;
      ctx.lineWidth = style.width;
      ctx.setLineDash(style.dash || []);
      ctx.stroke(path);
    }
    ctx.restore();
  }
  CM.paint = paint;

  /** A canvas that draws everything anew (`_draw`) when the map has moved, and not while it zooms. */
  CM.Canvas = L.Canvas.extend({
    /** Leaflet's own `_update` ends with `_draw`: once more in the next frame would take as long again. */
    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      if (this._frame) L.Util.cancelAnimFrame(this._frame);
      this._frame = 0;
      L.Canvas.prototype._update.call(this);
    },

    /** Draw once before the next frame, however often it is asked for. */
    _soon: function () {
      if (this._frame) return;
      this._frame = L.Util.requestAnimFrame(function () {
        this._frame = 0;
        if (this._map && this._bounds && !this._map._animatingZoom) this._draw();
      }, this);
    },
  });

  const Base = CM.Canvas.extend({
    options: { padding: 0.25, pane: "base" },

    initialize: function (data, colours, options) {
      L.Canvas.prototype.initialize.call(this, options);
      this.setData(data);
      this._colours = colours;
    },

    setData: function (data) {
      const layers = (data && data.layers) || {};
      this._land = parts(layers.land || layers.countries);
      this._lakes = parts(layers.lakes);
      this._countryLines = parts(layers.country_lines);
      this._admin1Lines = parts(layers.admin1_lines);
      this._fine = {};
      this._features = (layers.countries && layers.countries.features) || [];
      this._countries = null;
    },

    /** Outlines of all countries by id; made when first needed. */
    countries: function () {
      if (!this._countries) {
        this._countries = {};
        for (const feature of this._features) this._countries[feature.properties.id] = parts(feature);
      }
      return this._countries;
    },

    nameOf: function (id) {
      const feature = this._features.find((one) => one.properties.id === id);
      return feature ? feature.properties.name : id;
    },

    /** The lines between countries, to be drawn once more over what covers them. */
    borders: function () {
      return this._countryLines;
    },

    /** Countries that the window shows, as ids. */
    visible: function () {
      const box = this._bounds;
      if (!box || !this._map) return [];
      const scale = 256 * Math.pow(2, this._map.getZoom());
      const origin = this._map.getPixelOrigin();
      const found = new Set();
      for (const part of this._land) {
        const outside =
          part.x1 * scale - origin.x < box.min.x ||
          part.x0 * scale - origin.x > box.max.x ||
          part.y1 * scale - origin.y < box.min.y ||
          part.y0 * scale - origin.y > box.max.y;
        if (!outside) part.ids.forEach((id) => found.add(id));
      }
      return Array.from(found);
    },

    /** The fine shape of a country: laid over the coarse one, whose lines are then left out. */
    addFine: function (id, layers) {
      this._fine[id] = {
        land: parts(layers.countries),
        countryLines: parts(layers.country_lines),
        admin1Lines: parts(layers.admin1_lines),
      };
      if (this._map) this._soon();
    },

    setColours: function (colours) {
      this._colours = colours;
      if (this._map) this._soon();
    },

    _draw: function () {
      const ctx = this._ctx;
      const box = this._bounds;
      if (!ctx || !box) return;
      const scale = 256 * Math.pow(2, this._map.getZoom());
      const origin = this._map.getPixelOrigin();
      const c = this._colours;
      const zoom = this._map.getZoom();
      ctx.save();
      ctx.fillStyle = c.sea;
      ctx.fillRect(box.min.x, box.min.y, box.max.x - box.min.x, box.max.y - box.min.y);
      ctx.lineJoin = "round";
      const fine = zoom >= CM.FINE_FROM ? this._fine : {};
      const all = Object.values(fine);
      const coarse = (list) => list.filter((part) => !part.ids.some((id) => fine[id]));
      const lines = coarse(this._countryLines).concat(...all.map((f) => f.countryLines));
      const provinces = coarse(this._admin1Lines).concat(...all.map((f) => f.admin1Lines));
      const settled = lines.filter((part) => !part.contested);
      const contested = lines.filter((part) => part.contested);
      const width = zoom >= 6 ? 1.4 : zoom >= 4 ? 1 : 0.7;
      // The world is drawn once more to each side, so that the date line is not an edge.
      for (let copy = -1; copy <= 1; copy++) {
        const t = { scale: scale, dx: copy * scale - origin.x, dy: -origin.y, box: box };
        // Coarse fills stay under fine ones, or the sea shines through where neighbours do not meet.
        paint(ctx, t, this._land, { fill: c.land });
        for (const f of all) paint(ctx, t, f.land, { fill: c.land });
        paint(ctx, t, this._lakes, { fill: c.lake });
        if (zoom >= ADMIN1_LINES_FROM) {
          paint(ctx, t, provinces, { stroke: c.province, width: zoom >= 8 ? 1.1 : 0.8 });
        }
        paint(ctx, t, settled, { stroke: c.country, width: width });
        paint(ctx, t, contested, { stroke: c.country, width: width, dash: [4, 3] });
      }
      ctx.restore();
    },
  });

  /** Panes from the bottom up: base, online tiles, coloured regions and heat, filtered regions, areas, names, events (Leaflet's marker pane is 600), drawing. */
  CM.makePanes = function (map) {
    const levels = { base: 200, tiles: 250, regions: 340, outlines: 345, areas: 350, labels: 450, drawing: 620 };
    Object.keys(levels).forEach(function (name) {
      if (map.getPane(name)) return;
      const pane = map.createPane(name);
      pane.style.zIndex = levels[name];
      pane.style.pointerEvents = "none"; // what lies under the pointer is worked out from the shapes
    });
  };

  CM.basemap = function (data, colours) {
    return new Base(data, colours);
  };
})();
