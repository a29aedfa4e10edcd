/* What an event looks like: a dot, a ring split by quad, a pill for an area. DOM only, no markup from data. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const SVG = "http://www.w3.org/2000/svg";
  const ORDER = ["4", "3", "2", "1", "0"]; // the gravest quad first, as everywhere

  const PRECISION_WORDS = {
    site: "exact site, within about 1 km",
    settlement: "settlement, within about 5 km",
    district: "district, within about 25 km",
    province: "only the province is known",
    country: "only the country is known",
  };

  function svg(name, attributes, parent) {
    const node = document.createElementNS(SVG, name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    if (parent) parent.appendChild(node);
    return node;
  }

  function el(name, className, text, parent) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    if (parent) parent.appendChild(node);
    return node;
  }
  CM.el = el;

  /** Counts of an object as [quad, count], gravest first. */
  function ordered(quads) {
    return ORDER.filter((q) => quads[q]).map((q) => [q, quads[q]]);
  }

  function majority(quads) {
    return ordered(quads).reduce((best, row) => (row[1] > best[1] ? row : best), ["0", -1])[0];
  }
  CM.majority = majority;

  function shortCount(n) {
    if (n < 1000) return String(n);
    if (n < 10000) return (Math.floor(n / 100) / 10).toString() + "k";
    if (n < 1e6) return Math.floor(n / 1000) + "k";
    return Math.floor(n / 1e6) + "m";
  }
  CM.shortCount = shortCount;

  /** Radius in px. A cell is 32 px wide, so nothing is ever wider than that. */
  CM.radius = function (count) {
    if (count <= 1) return 6;
    return Math.min(16, Math.round(9.5 + 2.1 * Math.log2(count)));
  };

  function arc(cx, cy, r, from, to) {
    const large = to - from > Math.PI ? 1 : 0;
    const p = (a) => (cx + r * Math.sin(a)).toFixed(2) + " " + (cy - r * Math.cos(a)).toFixed(2);
    return "M " + p(from) + " A " + r + " " + r + " 0 " + large + " 1 " + p(to);
  }

  /** The mark for `count` events: a dot for one, a ring for several. */
  CM.mark = function (count, quads, palette, selected) {
    const r = CM.radius(count);
    const size = 2 * (r + 5);
    const c = size / 2;
    const root = svg("svg", { width: size, height: size, viewBox: "0 0 " + size + " " + size, "aria-hidden": "true" });
    if (selected) svg("circle", { cx: c, cy: c, r: r + 3, class: "cm-selected-ring" }, root);
    if (count <= 1) {
      svg("circle", { cx: c, cy: c, r: r, fill: palette.quads[majority(quads)], class: "cm-dot" }, root);
      return { node: root, size: size, radius: r };
    }
    const thickness = r >= 14 ? 5 : 4;
    const mid = r - thickness / 2;
    svg("circle", { cx: c, cy: c, r: r + 1, class: "cm-ring-paper" }, root);
    const rows = ordered(quads);
    const total = rows.reduce((sum, row) => sum + row[1], 0) || 1;
    if (rows.length <= 1) {
      svg("circle", { cx: c, cy: c, r: mid, fill: "none", stroke: palette.quads[rows.length ? rows[0][0] : "0"], "stroke-width": thickness }, root);
    } else {
      let from = 0;
      for (const row of rows) {
        const to = from + (2 * Math.PI * row[1]) / total;
        svg("path", { d: arc(c, c, mid, from, to), fill: "none", stroke: palette.quads[row[0]], "stroke-width": thickness }, root);
        from = to;
      }
    }
    const text = svg("text", { x: c, y: c, class: "cm-count", "text-anchor": "middle", dy: "0.35em" }, root);
    text.textContent = shortCount(count);
    if (text.textContent.length > 2) text.classList.add("cm-count-long");
    return { node: root, size: size, radius: r };
  };

  CM.plural = function (n, one, many) {
    return n.toLocaleString("en") + " " + (n === 1 ? one : many);
  };

  /** The text shown on hover. `head` is the place, `precision` a precision class or words. */
  CM.tooltip = function (head, precision, count, quads, palette, hint) {
    const box = el("div", "cm-tip");
    el("div", "cm-tip-head", head, box);
    if (precision) el("div", "cm-tip-sub", PRECISION_WORDS[precision] || precision, box);
    for (const row of ordered(quads)) {
      const line = el("div", "cm-tip-row", null, box);
      const swatch = el("span", "cm-swatch", null, line);
      swatch.style.background = palette.quads[row[0]];
      el("span", "cm-tip-label", palette.quadLabels[row[0]], line);
      el("span", "cm-tip-count", row[1].toLocaleString("en"), line);
    }
    if (hint) el("div", "cm-tip-hint", hint, box);
    return box;
  };

  const TIP = { wide: 105, high: 170 }; // px: half the width and the height that most of them need
  const TIP_OFFSETS = { top: [0, -8], bottom: [0, 8], left: [-10, 0], right: [10, 0] };

  /** Open a tooltip on the side where the map has room for it: what lies beyond its edge is cut off. */
  CM.openTip = function (map, tip, latlng, content) {
    const at = map.latLngToContainerPoint(latlng);
    const sideways = at.x < TIP.wide ? "right" : at.x > map.getSize().x - TIP.wide ? "left" : "";
    tip.options.direction = sideways || (at.y < TIP.high ? "bottom" : "top");
    tip.options.offset = TIP_OFFSETS[tip.options.direction];
    tip.setContent(content).setLatLng(latlng);
    map.openTooltip(tip);
  };

  /** The legend: what colours and shapes mean. */
  CM.legend = function (palette, options) {
    const Legend = L.Control.extend({
      options: { position: "bottomleft" },
      onAdd: function (map) {
        const box = el("details", "cm-legend");
        box.setAttribute("data-testid", "map-legend");
        box.open = map.getSize().x >= 560 && map.getSize().y >= 380;
        el("summary", "cm-legend-head", "Legend", box);
        const used = (options && options.quads) || ORDER;
        for (const quad of ORDER) {
          if (used.indexOf(quad) < 0) continue;
          const row = el("div", "cm-legend-row", null, box);
          el("span", "cm-swatch cm-swatch-round", null, row).style.background = palette.quads[quad];
          el("span", "", palette.quadLabels[quad], row);
        }
        const shapes = el("div", "cm-legend-row cm-legend-shapes", null, box);
        el("span", "cm-shape-dot", null, shapes);
        el("span", "", "site, settlement or district", shapes);
        const areas = el("div", "cm-legend-row", null, box);
        el("span", "cm-shape-area", null, areas);
        el("span", "", "only the area is known", areas);
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      },
    });
    return new Legend();
  };
})();
