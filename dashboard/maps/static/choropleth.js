/* The layer "by region": provinces, or countries further out, coloured by how many events they have. One canvas. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  CM.UNITS_FROM = 5; // zoom from which provinces are coloured instead of countries
  const FINE_FROM = 7;

  const Regions = CM.Canvas.extend({
    options: { padding: 0.15, pane: "regions" },

    /** options: {countries() -> {id: parts}, borders() -> parts, visible() -> ids, getShapes(country, fine), onPick, filtered() -> ids} */
    initialize: function (options) {
      L.Canvas.prototype.initialize.call(this, { pane: "regions" });
      this._own = options;
      this._data = { units: { rows: [], limits: { count: [], rate: [] } }, countries: { rows: [], limits: { count: [], rate: [] } } };
      this._by = "count";
      this._units = {}; // by country and detail: {id: {name, parts}}
    },

    onAdd: function (map) {
      L.Canvas.prototype.onAdd.call(this);
      this._container.classList.add("cm-choropleth");
      this._tip = L.tooltip({ direction: "auto", offset: [14, 0], className: "cm-tooltip", opacity: 1 });
      map = this._map;
      map.on("mousemove", this._hovered, this);
      map.on("mouseout", this._left, this);
      map.on("click", this._clicked, this);
    },

    onRemove: function () {
      const map = this._map;
      map.off("mousemove", this._hovered, this);
      map.off("mouseout", this._left, this);
      map.off("click", this._clicked, this);
      map.closeTooltip(this._tip);
      this._container.style.cursor = "";
      L.Canvas.prototype.onRemove.call(this);
    },

    setData: function (data) {
      this._data = data;
      for (const level of ["units", "countries"]) {
        this._data[level].byId = Object.fromEntries(data[level].rows.map((row) => [row[0], row]));
      }
      this._only = Object.fromEntries(data.areas.map((area) => [area.region, area.count]));
      if (this._map) this._soon();
    },

    /** Colours of the classes, of the lines between, and of what has no event. */
    setColours: function (ramp, theme) {
      this._ramp = ramp;
      this._theme = theme;
      if (this._map) this._soon();
    },

    setMeasure: function (by) {
      this._by = by;
      if (this._map) this._soon();
    },

    level: function () {
      return this._map && this._map.getZoom() >= CM.UNITS_FROM ? "units" : "countries";
    },

    /** Limits and colours of the classes that are drawn, for the legend. */
    classes: function () {
      const limits = this._data[this.level()].limits[this._by];
      return limits.map((limit, i) => ({ from: limit, to: limits[i + 1], colour: this._shade(i, limits.length) }));
    },

    _shade: function (index, classes) {
      const ramp = this._ramp;
      if (classes <= 1) return ramp[Math.floor(ramp.length / 2)];
      return ramp[Math.round((index * (ramp.length - 1)) / (classes - 1))];
    },

    /** What is to be drawn here: [{id, name, parts}]. Shapes that are not here yet are asked for. */
    _shapes: function () {
      if (this.level() === "countries") {
        const countries = this._own.countries();
        return Object.keys(countries).map((id) => ({ id: id, country: id, parts: countries[id] }));
      }
      const fine = this._map.getZoom() >= FINE_FROM;
      const found = [];
      for (const country of this._own.visible()) {
        const ready = this._of(country, fine) || this._of(country, false);
        if (ready) for (const id in ready) found.push({ id: id, country: country, name: ready[id].name, parts: ready[id].parts });
      }
      return found;
    },

    _of: function (country, fine) {
      const key = country + (fine ? "+" : "");
      const held = this._units[key];
      if (held) return held.ready;
      const mine = (this._units[key] = { ready: null });
      this._own.getShapes(country, fine).then(
        (shapes) => {
          mine.ready = {};
          for (const feature of shapes.features) {
            mine.ready[feature.properties.id] = { name: feature.properties.name, parts: CM.parts(feature) };
          }
          if (this._map) this._soon();
        },
        () => delete this._units[key], // asked again when the map moves
      );
      return null;
    },

    _draw: function () {
      const ctx = this._ctx;
      const box = this._bounds;
      if (!ctx || !box || !this._ramp) return;
      const scale = 256 * Math.pow(2, this._map.getZoom());
      const origin = this._map.getPixelOrigin();
      const level = this._data[this.level()];
      const limits = level.limits[this._by];
      const value = this._by === "count" ? 2 : 3;
      ctx.clearRect(box.min.x, box.min.y, box.max.x - box.min.x, box.max.y - box.min.y);
      this._drawn = this._shapes();
      ctx.lineJoin = "round";
      for (const shape of this._drawn) {
        const row = (level.byId || {})[shape.id];
        const index = row ? limits.filter((limit) => row[value] >= limit).length - 1 : -1;
        if (index < 0) continue;
        const fill = this._shade(index, limits.length);
        for (let copy = -1; copy <= 1; copy++) {
          const t = { scale: scale, dx: copy * scale - origin.x, dy: -origin.y, box: box };
          CM.paint(ctx, t, shape.parts, { fill: fill });
          CM.paint(ctx, t, shape.parts, { stroke: this._theme.paper, width: 0.7 });
        }
      }
      for (let copy = -1; copy <= 1; copy++) {
        const t = { scale: scale, dx: copy * scale - origin.x, dy: -origin.y, box: box };
        CM.paint(ctx, t, this._own.borders(), { stroke: this._theme.country, width: 1 });
      }
      this._outline(ctx, scale, origin, box);
    },

    _outline: function (ctx, scale, origin, box) {
      const under = (this._drawn || []).find((shape) => shape.id === this._under);
      if (!under) return;
      const t = { scale: scale, dx: -origin.x, dy: -origin.y, box: box };
      CM.paint(ctx, t, under.parts, { stroke: this._theme.ink, width: 1.8 });
    },

    _at: function (latlng) {
      const p = CM.project(latlng.wrap().lng, latlng.lat);
      return (this._drawn || []).find((shape) => CM.holds(shape.parts, p[0], p[1])) || null;
    },

    _hovered: function (event) {
      if (event.originalEvent && event.originalEvent.target.closest && event.originalEvent.target.closest(".leaflet-control, .cm-mark")) return;
      const shape = this._at(event.latlng);
      const id = shape ? shape.id : "";
      if (id !== this._under) {
        this._under = id;
        this._draw();
      }
      this._map.getContainer().style.cursor = shape && this._row(shape) ? "pointer" : "";
      if (!shape) return this._map.closeTooltip(this._tip);
      CM.openTip(this._map, this._tip, event.latlng, this._tooltip(shape));
    },

    _left: function () {
      this._under = "";
      this._map.closeTooltip(this._tip);
      this._draw();
    },

    _row: function (shape) {
      return (this._data[this.level()].byId || {})[shape.id];
    },

    _name: function (shape) {
      const row = this._row(shape);
      return row ? row[1] : shape.name || this._own.nameOf(shape.id);
    },

    _tooltip: function (shape) {
      const words = CM.words.regions;
      const row = this._row(shape);
      const only = this.level() === "units" && this._only ? this._only[shape.country] : 0;
      const below = [];
      if (row) below.push(CM.plural(row[2], "reported event", "reported events"), words.rate(row[3].toLocaleString("en")));
      else below.push(words.nothing);
      const hint = row ? (this._own.filtered().includes(shape.id) ? words.clickAgain : words.click) : "";
      const box = CM.tooltip(this._name(shape), below.join(" · "), 0, row ? row[4] : {}, this._own.palette, hint);
      if (only) CM.el("div", "cm-tip-hint", this._own.nameOf(shape.country) + ": " + words.only(only), box);
      return box;
    },

    _clicked: function (event) {
      if (this._own.busy()) return;
      const shape = this._at(event.latlng);
      if (shape && this._row(shape)) this._own.onPick({ kind: "region", region: shape.id, name: this._name(shape) });
    },
  });

  CM.choropleth = function (options) {
    return new Regions(options);
  };
})();
