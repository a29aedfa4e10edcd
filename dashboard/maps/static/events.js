/* Draws what a view shows: points, cells, areas, filtered regions, the selection.

   It is given data ({points, cells, areas}) and knows nothing of where they come from: live.js
   fetches them from the server, snapshot.js has them in the page. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  const REGION_KIND_WORDS = { country: "country", admin1: "province", named: "region" };

  /** Marks that would overlap become one, at the place that has the most events: nothing is moved. */
  function merge(places, map) {
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
      for (const group of groups) {
        const r = CM.radius(group.count);
        const near = kept.find((k) => k.at.distanceTo(group.at) < Math.max(20, CM.radius(k.count) + r - 1));
        if (near) {
          near.members = near.members.concat(group.members);
          near.count += group.count;
        } else {
          kept.push(group);
        }
      }
      groups = kept;
    }
    return groups.map(function (g) {
      const quads = {};
      for (const p of g.members) for (const q in p.quads) quads[q] = (quads[q] || 0) + p.quads[q];
      return { lead: g.members[0], members: g.members, count: g.count, quads: quads };
    });
  }

  const Events = L.Layer.extend({
    /** options: {palette, labels, getRegion(id) -> Promise<Feature>, onPick({kind, ...})} */
    initialize: function (options) {
      L.setOptions(this, options);
      this._data = { points: [], cells: [], areas: [] };
      this._regions = [];
      this._shapes = {};
    },

    onAdd: function (map) {
      this._map = map;
      this._marks = L.layerGroup().addTo(map);
      this._outlines = L.layerGroup().addTo(map);
      this._areaRenderer = L.svg({ pane: "areas" });
      this._tip = L.tooltip({ direction: "top", offset: [0, -8], className: "cm-tooltip", opacity: 1 });
      map.on("zoomend", this._drawMarks, this);
    },

    onRemove: function (map) {
      map.off("zoomend", this._drawMarks, this);
      map.removeLayer(this._marks);
      map.removeLayer(this._outlines);
    },

    setData: function (data) {
      this._data = data;
      this._drawMarks();
      this._drawAreas();
    },

    /** regions: ids that the view is limited to; drawn as a dashed outline. */
    setRegions: function (ids) {
      if (JSON.stringify(ids) === JSON.stringify(this._regions)) return;
      this._regions = ids;
      this._drawAreas();
    },

    /** Over another layer areas are no more than their labels, and filtered regions than their outline. */
    setBare: function (bare) {
      if (this._bare === bare) return;
      this._bare = bare;
      this._drawAreas();
    },

    /** selected: {event, place, region, lat, lon} or null. */
    setSelected: function (selected) {
      this._selected = selected || null;
      this._drawMarks();
      this._drawAreas();
    },

    setColours: function (theme) {
      this._theme = theme;
      this._drawMarks();
      this._drawAreas();
    },

    _isSelected: function (point) {
      const s = this._selected;
      if (!s) return false;
      if ((point.events || []).indexOf(s.event) >= 0) return true;
      return Boolean(s.place) && point.id === s.place && !s.region;
    },

    _hover: function (layer, content, latlng) {
      const map = this._map;
      const tip = this._tip;
      const open = function () {
        tip.setContent(content()).setLatLng(latlng);
        map.openTooltip(tip);
      };
      layer.on("mouseover", open);
      layer.on("mouseout", () => map.closeTooltip(tip));
      layer.on("remove", () => map.closeTooltip(tip));
    },

    _marker: function (lat, lon, icon, label, testId, pick) {
      const marker = L.marker([lat, lon], {
        icon: L.divIcon({ html: icon.node, className: "cm-mark", iconSize: [icon.width || icon.size, icon.height || icon.size] }),
        keyboard: true,
        riseOnHover: true,
      });
      marker.on("add", function () {
        const node = marker.getElement();
        node.setAttribute("aria-label", label);
        node.setAttribute("data-testid", testId);
        node.addEventListener("keydown", function (e) {
          if (e.key === "Enter" || e.key === " ") {
            e.preventDefault();
            pick();
          }
        });
      });
      marker.on("click", pick);
      return marker;
    },

    _drawMarks: function () {
      if (!this._map) return;
      this._marks.clearLayers();
      const palette = this.options.palette;
      const names = [];
      this._crowded = this._shapeless = 0;
      for (const group of merge(this._data.points, this._map)) this._drawGroup(group, palette, names);
      for (const group of merge(this._data.cells, this._map)) this._drawCell(group, palette, names);
      for (const area of this._data.areas) this._drawPill(area, palette, names);
      names.sort((a, b) => b.weight - a.weight);
      if (this.options.labels) this.options.labels.setMarks(names);
      this._tellWhatIsLeftOut();
    },

    /** What cannot be drawn here is said, so that nobody takes the map for all there is. */
    _tellWhatIsLeftOut: function () {
      const said = [];
      if (this._crowded) said.push(CM.plural(this._crowded, "more area shows", "more areas show") + " when you zoom in");
      if (this._shapeless) said.push(CM.plural(this._shapeless, "event", "events") + " in seas or wider areas only in the list");
      CM.note(this._map, said.join(" · "));
    },

    _drawGroup: function (group, palette, names) {
      const lead = group.lead;
      const several = group.members.length > 1;
      const selected = group.members.some((p) => this._isSelected(p));
      const icon = CM.mark(group.count, group.quads, palette, selected);
      const head = several ? lead.name + " and " + CM.plural(group.members.length - 1, "other place", "other places") : lead.name;
      const pick = () => (several ? this._zoomTo(group.members) : this._pickPoint(lead));
      const label = head + ": " + CM.plural(group.count, "reported event", "reported events");
      const marker = this._marker(lead.lat, lead.lon, icon, label, several ? "map-cell" : "map-point", pick);
      const hint = several ? "Click to zoom in" : "Click to read the reports";
      this._hover(
        marker,
        () => CM.tooltip(head, several ? "" : lead.precision, group.count, group.quads, palette, hint),
        [lead.lat, lead.lon],
      );
      if (selected) marker.setZIndexOffset(1000);
      this._marks.addLayer(marker);
      names.push({ lat: lead.lat, lon: lead.lon, radius: icon.radius, text: lead.name, weight: group.count + (selected ? 1e9 : 0) });
    },

    _drawCell: function (group, palette, names) {
      const lead = group.lead;
      const icon = CM.mark(group.count, group.quads, palette, false);
      const bounds = L.latLngBounds([]);
      for (const cell of group.members) {
        bounds.extend([cell.bounds[0], cell.bounds[1]]).extend([cell.bounds[2], cell.bounds[3]]);
      }
      const pick = () => this._map.fitBounds(bounds, { maxZoom: Math.min(this._map.getZoom() + 3, this._map.getMaxZoom()) });
      const head = CM.plural(group.count, "reported event", "reported events");
      const marker = this._marker(lead.lat, lead.lon, icon, head + " here, zoom in", "map-cell", pick);
      this._hover(marker, () => CM.tooltip(head, "", group.count, group.quads, palette, "Click to zoom in"), [lead.lat, lead.lon]);
      this._marks.addLayer(marker);
      names.push({ lat: lead.lat, lon: lead.lon, radius: icon.radius, weight: group.count });
    },

    /** A pill may stand anywhere in or near its area, so it steps aside for events at exact places. */
    _drawPill: function (area, palette, names) {
      if (!area.kind) {
        this._shapeless += area.count;
        return;
      }
      const words = area.count.toLocaleString("en") + " in " + (REGION_KIND_WORDS[area.kind] || "area");
      const node = CM.el("span", "cm-pill", words);
      node.style.borderColor = palette.quads[CM.majority(area.quads)];
      const selected = Boolean(this._selected && this._selected.region === area.region);
      if (selected) node.classList.add("cm-pill-selected");
      const width = 18 + words.length * 6.2;
      const at = this._freePlace(area, width, names) || (selected ? L.latLng(area.lat, area.lon) : null);
      if (!at) {
        this._crowded += 1;
        return;
      }
      const pick = () => this.options.onPick({ kind: "area", region: area.region, name: area.name });
      const label = area.name + ": " + CM.plural(area.count, "reported event", "reported events") + ", only the area is known";
      const icon = { node: node, width: width, height: 24 };
      const marker = this._marker(at.lat, at.lng, icon, label, "map-area", pick);
      this._hover(marker, () => this._areaTip(area), at);
      this._marks.addLayer(marker);
      names.push({ lat: at.lat, lon: at.lng, radius: 12, box: [width, 24], weight: area.count });
    },

    _freePlace: function (area, width, names) {
      const map = this._map;
      const zoom = map.getZoom();
      const centre = map.project([area.lat, area.lon], zoom);
      const taken = names.map(function (n) {
        const half = n.box ? [n.box[0] / 2, n.box[1] / 2] : [n.radius, n.radius];
        return { at: map.project([n.lat, n.lon], zoom), half: half };
      });
      const side = width / 2 + 24;
      const steps = [[0, 0], [0, 30], [0, -30], [side, 0], [-side, 0]];
      const free = steps.find(function (step) {
        const x = centre.x + step[0];
        const y = centre.y + step[1];
        return !taken.some((t) => Math.abs(t.at.x - x) < t.half[0] + width / 2 + 2 && Math.abs(t.at.y - y) < t.half[1] + 14);
      });
      return free ? map.unproject(centre.add(free), zoom) : null;
    },

    _areaTip: function (area) {
      const words = "somewhere in this " + (REGION_KIND_WORDS[area.kind] || "area") + ", no closer place is reported";
      return CM.tooltip(area.name, words, area.count, area.quads, this.options.palette, "Click to read the reports");
    },

    _pickPoint: function (point) {
      this.options.onPick({ kind: "point", place: point.id, name: point.name, events: point.events, count: point.count });
    },

    _zoomTo: function (members) {
      const bounds = L.latLngBounds(members.map((p) => [p.lat, p.lon])).pad(0.25);
      const zoom = Math.min(this._map.getBoundsZoom(bounds), this._map.getMaxZoom());
      this._map.setView(bounds.getCenter(), Math.max(zoom, this._map.getZoom() + 1));
    },

    /** Areas and outlines. Shapes arrive one by one; a newer call makes an older one stop. */
    _drawAreas: function () {
      if (!this._map) return;
      const turn = (this._turn = (this._turn || 0) + 1);
      const wanted = this._regions.map((id) => ({ id: id, area: null }));
      for (const area of this._data.areas) if (area.kind && !this._bare) wanted.push({ id: area.region, area: area });
      Promise.all(
        wanted.map((w) =>
          this._shape(w.id).then(
            (shape) => ({ shape: shape, area: w.area, id: w.id }),
            () => null,
          ),
        ),
      ).then((found) => {
        if (turn !== this._turn || !this._map) return;
        this._redraw(found.filter((item) => item && item.shape));
      });
    },

    /** Hundreds of provinces take long to draw: what looks as before is left where it is. */
    _redraw: function (items) {
      const looks = (item) => JSON.stringify(this._look(item));
      const outlines = items.filter((item) => !item.area).map((item) => item.id + looks(item));
      if (String(outlines) !== String(this._outlined || [])) {
        this._outlines.clearLayers(); // outlines lie beneath all areas
        this._drawn = new Map();
      }
      this._outlined = outlines;
      const before = this._drawn || new Map();
      this._drawn = new Map();
      const wanted = new Map(items.map((item) => [(item.area ? "a" : "o") + item.id + looks(item), item]));
      for (const [key, drawn] of before) if (!wanted.has(key)) this._outlines.removeLayer(drawn.layer);
      for (const [key, item] of wanted) {
        const drawn = before.get(key) || { layer: null, item: item };
        drawn.item.area = item.area; // with other counts, of which its hint speaks
        if (!drawn.layer) drawn.layer = this._drawShape(drawn.item);
        this._drawn.set(key, drawn);
      }
    },

    _shape: function (id) {
      if (!this._shapes[id]) this._shapes[id] = this.options.getRegion(id);
      return this._shapes[id];
    },

    _look: function (item) {
      const palette = this.options.palette;
      const theme = palette[this._theme || "light"];
      const area = item.area;
      const selected = Boolean(area && this._selected && this._selected.region === item.id);
      const colour = area ? palette.quads[CM.majority(area.quads)] : theme.outline;
      return area
        ? {
            className: "cm-area",
            color: selected ? theme.ink : colour,
            weight: selected ? 2.2 : 1.2,
            dashArray: selected ? null : "1 4",
            lineCap: "round",
            fillColor: colour,
            fillOpacity: area.kind === "country" ? 0.05 : 0.13,
          }
        : { className: "cm-outline", color: theme.outline, weight: 1.8, dashArray: "6 4", fillColor: theme.highlight, fillOpacity: this._bare ? 0 : 0.45, interactive: false };
    },

    _drawShape: function (item) {
      const style = this._look(item);
      const layer = L.geoJSON(item.shape, {
        style: () => Object.assign({ renderer: this._areaRenderer, pane: "areas" }, style),
        interactive: Boolean(item.area),
        bubblingMouseEvents: true,
      });
      if (item.area) {
        layer.on("click", () => this.options.onPick({ kind: "area", region: item.area.region, name: item.area.name }));
        layer.on("mousemove", (e) => {
          this._tip.setContent(this._areaTip(item.area)).setLatLng(e.latlng);
          this._map.openTooltip(this._tip);
        });
        layer.on("mouseout", () => this._map.closeTooltip(this._tip));
      }
      this._outlines.addLayer(layer);
      return layer;
    },
  });

  CM.events = function (options) {
    return new Events(options);
  };
})();
