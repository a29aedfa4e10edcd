/* Draws what a view shows: points, cells, areas, filtered regions, the selection.

   It is given data ({points, cells, areas}) and knows nothing of where they come from: live.js
   fetches them from the server, snapshot.js has them in the page. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  const LATE_MS = 150; // data that come later than this after a zoom are not waited for
  const REGION_KIND_WORDS = { country: "country", admin1: "province", named: "region" };
  const LONG_NAME = 20; // letters: a longer name would cover what lies around

  const Events = L.Layer.extend({
    /** options: {palette, labels, getRegion(id) -> Promise<Feature>, getShapes(ids, fine) -> Promise<{id: parts}>,
        busy(), awaited(), onPick({kind, ...})}; the shapes of areas are those of `getRegion` where there is no `getShapes`. */
    initialize: function (options) {
      L.setOptions(this, options);
      this._data = { points: [], cells: [], areas: [] };
      this._regions = [];
      this._shapes = {};
      this._shown = new Map(); // marks by all that is seen of them
      this._theme = "light";
    },

    onAdd: function (map) {
      this._map = map;
      this._marks = L.layerGroup().addTo(map);
      this._outlines = L.layerGroup().addTo(map);
      this._outlineRenderer = L.svg({ pane: "outlines" });
      this._tip = L.tooltip({ direction: "top", offset: [0, -8], className: "cm-tooltip", opacity: 1 });
      this._areas = CM.areas({
        palette: this.options.palette,
        getShapes: this.options.getShapes || ((ids) => this._partsOf(ids)),
        busy: this.options.busy || (() => false),
        onPick: (area) => this._pickArea(area),
        tip: (area) => this._areaTip(area),
        tooltip: this._tip,
      }).addTo(map);
      map.on("zoomend", this._zoomed, this);
    },

    onRemove: function (map) {
      map.off("zoomend", this._zoomed, this);
      clearTimeout(this._late);
      for (const layer of [this._marks, this._outlines, this._areas]) map.removeLayer(layer);
    },

    /** Which marks share a place depends on the zoom; where the data for it are on their way, they are waited for. */
    _zoomed: function () {
      if (!this.options.awaited || !this.options.awaited()) return this._drawMarks();
      clearTimeout(this._late);
      this._late = setTimeout(() => this._drawMarks(), LATE_MS);
    },

    setData: function (data) {
      clearTimeout(this._late);
      this._data = data;
      this._drawMarks();
      this._drawAreas();
    },

    /** regions: ids that the view is limited to; drawn as a dashed outline. */
    setRegions: function (ids) {
      if (JSON.stringify(ids) === JSON.stringify(this._regions)) return;
      this._regions = ids;
      this._drawOutlines();
    },

    /** Over another layer areas are no more than their labels, and filtered regions than their outline. */
    setBare: function (bare) {
      if (this._bare === bare) return;
      this._bare = bare;
      this._drawAreas();
      this._drawOutlines();
    },

    /** selected: {event, place, region, lat, lon} or null. */
    setSelected: function (selected) {
      if (JSON.stringify(selected || null) === JSON.stringify(this._selected || null)) return;
      this._selected = selected || null;
      this._drawMarks();
      this._drawAreas();
    },

    setColours: function (theme) {
      this._theme = theme;
      this._drawMarks();
      this._drawAreas();
      this._drawOutlines();
    },

    _isSelected: function (point) {
      const s = this._selected;
      if (!s) return false;
      if ((point.events || []).indexOf(s.event) >= 0) return true;
      return Boolean(s.place) && point.id === s.place && !s.region;
    },

    /** A mark: {testId, label, lat, lon, icon() -> {node, width, height}, pick(), tip(), raised, looks}.

        What looks as before is left where it is: its node, and the focus that may be on it. */
    _mark: function (mark) {
      const key = [mark.testId, mark.lat, mark.lon, mark.label, mark.looks].join("|");
      this._wanted.set(this._wanted.has(key) ? key + "#" + this._wanted.size : key, mark);
    },

    _reconcile: function () {
      const before = this._shown;
      this._shown = new Map();
      for (const [key, marker] of before) if (!this._wanted.has(key)) this._marks.removeLayer(marker);
      let last = null;
      for (const [key, mark] of this._wanted) {
        let marker = before.get(key);
        if (!marker) marker = this._marker(mark);
        marker.mark = mark;
        this._shown.set(key, marker);
        // The Tab key goes from the most events to the fewest.
        const node = marker.getElement();
        const after = last ? last.nextSibling : node.parentNode.firstChild;
        if (after !== node && node !== document.activeElement) node.parentNode.insertBefore(node, after);
        last = node;
      }
    },

    _marker: function (mark) {
      const icon = mark.icon();
      const marker = L.marker([mark.lat, mark.lon], {
        icon: L.divIcon({ html: icon.node, className: "cm-mark", iconSize: [icon.width || icon.size, icon.height || icon.size] }),
        keyboard: true,
        riseOnHover: true,
        zIndexOffset: mark.raised ? 1000 : 0,
      });
      const map = this._map;
      const tip = this._tip;
      marker.on("mouseover", function () {
        CM.openTip(map, tip, marker.getLatLng(), marker.mark.tip());
      });
      marker.on("mouseout remove", () => map.hasLayer(tip) && map.closeTooltip(tip));
      marker.on("click", () => marker.mark.pick());
      this._marks.addLayer(marker);
      const node = marker.getElement();
      node.setAttribute("aria-label", mark.label);
      node.setAttribute("data-testid", mark.testId);
      node.addEventListener("keydown", function (e) {
        if (e.key === "Enter" || e.key === " ") {
          e.preventDefault();
          marker.mark.pick();
        }
      });
      return marker;
    },

    _drawMarks: function () {
      if (!this._map) return;
      this._wanted = new Map();
      this._names = []; // what is drawn, for the names on the map
      this._taken = new CM.Near(96);
      this._crowded = this._shapeless = 0;
      for (const group of CM.merge(this._data.points, this._map)) this._drawGroup(group);
      for (const group of CM.merge(this._data.cells, this._map)) this._drawCell(group);
      for (const area of this._data.areas) this._drawPill(area);
      this._reconcile();
      this._names.sort((a, b) => b.weight - a.weight);
      if (this.options.labels) this.options.labels.setMarks(this._names);
      this._tellWhatIsLeftOut();
    },

    /** Note where something is drawn; `box` is its width and height where it is no circle. */
    _name: function (name) {
      const at = this._map.project([name.lat, name.lon], this._map.getZoom());
      const [w, h] = name.box ? [name.box[0] / 2, name.box[1] / 2] : [name.radius, name.radius];
      this._taken.add(at.x - w, at.y - h, at.x + w, at.y + h, { at: at, half: [w, h] });
      this._names.push(name);
    },

    /** What cannot be drawn here is said, so that nobody takes the map for all there is. */
    _tellWhatIsLeftOut: function () {
      const said = [];
      if (this._crowded) said.push("Zoom in for " + CM.plural(this._crowded, "more area", "more areas"));
      if (this._shapeless) said.push(CM.plural(this._shapeless, "event", "events") + " only in the list");
      CM.note(this._map, said.join(" · "));
    },

    _drawGroup: function (group) {
      const palette = this.options.palette;
      const lead = group.lead;
      const several = group.members.length > 1;
      const selected = group.members.some((p) => this._isSelected(p));
      const head = several ? lead.name + " and " + CM.plural(group.members.length - 1, "other place", "other places") : lead.name;
      const hint = several ? "Click to zoom in" : "Click to read the reports";
      this._mark({
        testId: several ? "map-cell" : "map-point",
        label: head + ": " + CM.plural(group.count, "reported event", "reported events"),
        lat: lead.lat,
        lon: lead.lon,
        looks: JSON.stringify([group.quads, selected]),
        raised: selected,
        icon: () => CM.mark(group.count, group.quads, palette, selected),
        pick: () => (several ? this._zoomTo(group.members) : this._pickPoint(lead)),
        tip: () => CM.tooltip(head, several ? "" : lead.precision, group.count, group.quads, palette, hint),
      });
      this._name({ lat: lead.lat, lon: lead.lon, radius: CM.radius(group.count), text: lead.name, weight: group.count + (selected ? 1e9 : 0) });
    },

    _drawCell: function (group) {
      const palette = this.options.palette;
      const lead = group.lead;
      const head = CM.plural(group.count, "reported event", "reported events");
      this._mark({
        testId: "map-cell",
        label: head + " here, zoom in",
        lat: lead.lat,
        lon: lead.lon,
        looks: JSON.stringify(group.quads),
        icon: () => CM.mark(group.count, group.quads, palette, false),
        pick: () => this._zoomToCells(group.members),
        tip: () => CM.tooltip(head, "", group.count, group.quads, palette, "Click to zoom in"),
      });
      this._name({ lat: lead.lat, lon: lead.lon, radius: CM.radius(group.count), weight: group.count });
    },

    /** A pill may stand anywhere in or near its area, so it steps aside for events at exact places. */
    _drawPill: function (area) {
      if (!area.kind) {
        this._shapeless += area.count;
        return;
      }
      const selected = Boolean(this._selected && this._selected.region === area.region);
      const colour = this.options.palette.quads[CM.majority(area.quads)];
      const widthOf = (words) => 18 + words.length * 6.2;
      // It may stand beside its area, so it says which one it is, where there is room for the name.
      const kind = REGION_KIND_WORDS[area.kind] || "area";
      const short = area.count.toLocaleString("en") + " in " + kind;
      let words = area.name.length > LONG_NAME ? short : area.count.toLocaleString("en") + " in " + area.name;
      let at = this._freePlace(area, widthOf(words));
      if (!at && words !== short) at = this._freePlace(area, widthOf((words = short)));
      if (!at && selected) at = L.latLng(area.lat, area.lon);
      const width = widthOf(words);
      if (!at) {
        this._crowded += 1;
        return;
      }
      this._mark({
        testId: "map-area",
        label: area.name + ": " + CM.plural(area.count, "reported event", "reported events") + ", only the area is known",
        lat: at.lat,
        lon: at.lng,
        looks: colour + selected + words,
        icon: function () {
          const node = CM.el("span", "cm-pill", words);
          node.style.borderColor = colour;
          if (selected) node.classList.add("cm-pill-selected");
          return { node: node, width: width, height: 24 };
        },
        pick: () => this._pickArea(area),
        tip: () => this._areaTip(area),
      });
      this._name({ lat: at.lat, lon: at.lng, radius: 12, box: [width, 24], weight: area.count, says: words === short ? "" : area.name });
    },

    _freePlace: function (area, width) {
      const map = this._map;
      const zoom = map.getZoom();
      const centre = map.project([area.lat, area.lon], zoom);
      const side = width / 2 + 24;
      const w = width / 2 + 2;
      const h = 14;
      const steps = [[0, 0], [0, 30], [0, -30], [side, 0], [-side, 0]];
      const free = steps.find(function (step) {
        const x = centre.x + step[0];
        const y = centre.y + step[1];
        return !this._taken.some(x - w, y - h, x + w, y + h, (t) => Math.abs(t.at.x - x) < t.half[0] + w && Math.abs(t.at.y - y) < t.half[1] + h);
      }, this);
      return free ? map.unproject(centre.add(free), zoom) : null;
    },

    _areaTip: function (area) {
      const words = "somewhere in this " + (REGION_KIND_WORDS[area.kind] || "area") + ", no closer place is reported";
      return CM.tooltip(area.name, words, area.count, area.quads, this.options.palette, "Click to read the reports");
    },

    _pickPoint: function (point) {
      this.options.onPick({ kind: "point", place: point.id, name: point.name, events: point.events || [], count: point.count });
    },

    _pickArea: function (area) {
      this.options.onPick({ kind: "area", region: area.region, name: area.name, count: area.count });
    },

    _zoomTo: function (members) {
      const bounds = L.latLngBounds(members.map((p) => [p.lat, p.lon])).pad(0.25);
      const zoom = Math.min(this._map.getBoundsZoom(bounds), this._map.getMaxZoom());
      this._map.setView(bounds.getCenter(), Math.max(zoom, this._map.getZoom() + 1));
    },

    _zoomToCells: function (members) {
      const bounds = L.latLngBounds([]);
      for (const cell of members) bounds.extend([cell.bounds[0], cell.bounds[1]]).extend([cell.bounds[2], cell.bounds[3]]);
      this._map.fitBounds(bounds, { maxZoom: Math.min(this._map.getZoom() + 3, this._map.getMaxZoom()) });
    },

    _drawAreas: function () {
      if (!this._map) return;
      const areas = this._bare ? [] : this._data.areas.filter((area) => area.kind);
      this._areas.show(areas, this._selected ? this._selected.region : null, this._theme);
    },

    /** The shapes of regions one by one, as lines; what has none is left out. */
    _partsOf: function (ids) {
      return Promise.all(ids.map((id) => this._shape(id).then((shape) => [id, CM.parts(shape)], () => null))).then((found) =>
        Object.fromEntries(found.filter(Boolean)),
      );
    },

    /** Shapes arrive one by one; a newer call makes an older one stop. */
    _drawOutlines: function () {
      if (!this._map) return;
      const turn = (this._turn = (this._turn || 0) + 1);
      Promise.all(this._regions.map((id) => this._shape(id).catch(() => null))).then((found) => {
        if (turn !== this._turn || !this._map) return;
        this._outlines.clearLayers();
        const theme = this.options.palette[this._theme];
        const style = {
          className: "cm-outline",
          color: theme.outline,
          weight: 1.8,
          dashArray: "6 4",
          fillColor: theme.highlight,
          fillOpacity: this._bare ? 0 : 0.45,
          interactive: false,
          renderer: this._outlineRenderer,
          pane: "outlines",
        };
        for (const shape of found) if (shape) this._outlines.addLayer(L.geoJSON(shape, { style: () => style, interactive: false }));
      });
    },

    _shape: function (id) {
      if (!this._shapes[id]) this._shapes[id] = this.options.getRegion(id);
      return this._shapes[id];
    },
  });

  CM.events = function (options) {
    return new Events(options);
  };
})();
