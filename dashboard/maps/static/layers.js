/* The switch between the map's layers, and what each of them needs: its data, its drawing, its legend. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  /** A row of buttons of which one is pressed. */
  CM.segments = function (parent, label, values, chosen, pick, className) {
    const box = CM.el("div", "cm-segments" + (className ? " " + className : ""), null, parent);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", label);
    const buttons = {};
    for (const key in values) {
      const button = (buttons[key] = CM.el("button", "cm-segment", values[key], box));
      button.type = "button";
      button.setAttribute("data-testid", "choose-" + key);
      button.addEventListener("click", () => pick(key));
    }
    box.choose = (key) => Object.keys(buttons).forEach((each) => buttons[each].setAttribute("aria-pressed", String(each === key)));
    box.choose(chosen);
    return box;
  };

  /** A box in a corner of the map that neither drags nor zooms it. */
  CM.corner = function (map, position, node) {
    const Corner = L.Control.extend({
      options: { position: position },
      onAdd: function () {
        L.DomEvent.disableClickPropagation(node);
        L.DomEvent.disableScrollPropagation(node);
        return node;
      },
    });
    return new Corner().addTo(map);
  };

  /** options: {palette, events, base, busy(), filtered(), onPick, basemapVersion} */
  CM.Layers = function (map, options) {
    const palette = options.palette;
    const words = CM.words;
    const self = this;
    let name = "events";
    let measure = "count";
    let theme = "light";
    let heatAreas = 0;

    const heat = CM.heat();
    const regions = CM.choropleth({
      palette: palette,
      countries: () => options.base.countries(),
      borders: () => options.base.borders(),
      visible: () => options.base.visible(),
      nameOf: (id) => options.base.nameOf(id),
      filtered: options.filtered,
      busy: options.busy,
      onPick: options.onPick,
      getShapes: (country, fine) =>
        CM.getJson(
          "api/shapes/" + encodeURIComponent(country) + "?v=" + encodeURIComponent(options.basemapVersion) + (fine ? "&detail=fine" : ""),
        ),
    });
    const legend = CM.el("details", "cm-legend");
    legend.setAttribute("data-testid", "layer-legend");
    legend.open = map.getSize().x >= 560 && map.getSize().y >= 380;
    const head = CM.el("summary", "cm-legend-head", "", legend);
    const body = CM.el("div", "cm-legend-body", null, legend);
    legend.hidden = true;
    CM.corner(map, "bottomleft", legend);

    this.name = () => name;
    this.drawings = { heat: heat, regions: regions };

    /** Show another layer; its data come with the next answer. */
    this.choose = function (wanted) {
      if (wanted === name) return false;
      name = wanted;
      const drawn = self.drawings;
      for (const key in drawn) {
        if (key === name) map.addLayer(drawn[key]);
        else map.removeLayer(drawn[key]);
      }
      options.events.setBare(name !== "events");
      map.getContainer().setAttribute("data-layer", name);
      const usual = map.getContainer().querySelector('[data-testid="map-legend"]');
      if (usual) usual.hidden = name !== "events";
      legend.hidden = name === "events";
      body.replaceChildren();
      if (name !== "events") options.events.setData({ points: [], cells: [], areas: [] });
      return true;
    };

    /** What to ask the server for, given the filters; around another centre, when it is given with its zoom. */
    this.path = function (query, centre, zoom) {
      if (name === "regions") return "api/by-region?" + query;
      return (name === "heat" ? "api/heat?" : "api/cells?") + query + "&" + CM.windowQuery(map, centre, zoom);
    };

    this.setData = function (data) {
      if (name === "events") return options.events.setData(data);
      if (name === "heat") {
        heatAreas = data.areas;
        heat.setData(data);
      } else {
        regions.setData(data);
        self.only = data.areas;
        drawOnly();
      }
      drawLegend();
    };

    this.setColours = function (named) {
      theme = named;
      heat.setRamp(palette.ramps[theme]);
      regions.setColours(palette.ramps[theme], palette[theme]);
      drawLegend();
    };

    // Where provinces are coloured, what is known only to a country stands beside them as a label.
    function drawOnly() {
      const areas = regions.level() === "units" ? self.only || [] : [];
      options.events.setData({ points: [], cells: [], areas: areas });
    }

    map.on("zoomend", function () {
      if (name === "regions") drawOnly();
      if (name !== "events") drawLegend();
    });
    map.on("moveend", () => name === "heat" && drawLegend());

    function drawLegend() {
      body.replaceChildren();
      if (name === "heat") heatLegend();
      if (name === "regions") regionLegend();
    }

    function heatLegend() {
      head.textContent = words.heat.title;
      const peak = heat.peak;
      if (!peak || !peak.count) {
        CM.el("div", "cm-legend-row", words.heat.none, body);
      } else {
        const scale = CM.el("div", "cm-ramp", null, body);
        CM.el("span", "", words.heat.few, scale);
        const bar = CM.el("span", "cm-ramp-bar", null, scale);
        bar.style.background = "linear-gradient(to right, transparent, " + palette.ramps[theme].join(", ") + ")";
        CM.el("span", "", words.heat.many, scale);
        const km = peak.km < 10 ? peak.km.toFixed(1) : CM.aboutNumber(peak.km);
        CM.el("div", "cm-legend-row", words.heat.peak(CM.aboutNumber(peak.count), km), body);
      }
      if (heatAreas) CM.el("div", "cm-legend-row", words.heat.areas(heatAreas), body);
    }

    function regionLegend() {
      const level = words.regions.levels[regions.level()];
      head.textContent = words.regions.title(level, measure === "rate");
      CM.segments(body, head.textContent, { count: words.regions.counts, rate: words.regions.rates }, measure, function (key) {
        measure = key;
        regions.setMeasure(key);
        drawLegend();
      });
      const classes = regions.classes();
      const step = measure === "count" ? 1 : 0;
      const shown = (value) => value.toLocaleString("en", { maximumSignificantDigits: 4 });
      classes.forEach(function (each) {
        const row = CM.el("div", "cm-legend-row", null, body);
        CM.el("span", "cm-swatch cm-swatch-wide", null, row).style.background = each.colour;
        const from = shown(each.from);
        const text = each.to === undefined ? words.regions.over(from) : words.regions.range(from, shown(each.to - step));
        CM.el("span", "", text, row);
      });
      const none = CM.el("div", "cm-legend-row", null, body);
      CM.el("span", "cm-swatch cm-swatch-wide cm-swatch-none", null, none);
      CM.el("span", "", words.regions.nothing, none);
      const only = regions.level() === "units" ? (self.only || []).reduce((sum, area) => sum + area.count, 0) : 0;
      if (only) CM.el("div", "cm-legend-row", words.regions.only(only), body);
    }
  };
})();
