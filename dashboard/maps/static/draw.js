/* Drawing a shape on the map that filters: a rectangle by dragging, an outline corner by corner. Our own tool. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const MOST = 40; // corners; as many as a link keeps
  const NEAR = 12; // px: a click this near to the first corner closes the outline
  const ICONS = {
    box: "M4 6h16v12H4z",
    polygon: "M5 8l8-4 7 8-4 8H7z",
    clear: "M6 6l12 12M18 6L6 18",
  };

  /** options: {onShape(ring | [])}; a ring is [[lat, lon], ...]. */
  CM.Drawing = function (map, options) {
    const words = CM.words.draw;
    const container = map.getContainer();
    const renderer = L.svg({ pane: "areas" });
    const style = { pane: "areas", renderer: renderer, className: "cm-shape", weight: 2, dashArray: "2 5", lineCap: "round", fillOpacity: 0.06, interactive: false };
    let shown = null; // the layer of the shape that filters
    let mode = "";
    let ended = -Infinity;
    let corners = [];
    let sketch = null;
    let colour = "#000";

    const bar = CM.el("div", "leaflet-bar cm-draw");
    const buttons = {};
    for (const kind of ["box", "polygon", "clear"]) {
      const node = (buttons[kind] = CM.el("button", "cm-draw-button", null, bar));
      node.type = "button";
      node.title = words[kind];
      node.setAttribute("aria-label", words[kind]);
      node.setAttribute("data-testid", "draw-" + kind);
      const icon = node.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
      icon.setAttribute("viewBox", "0 0 24 24");
      icon.setAttribute("aria-hidden", "true");
      icon.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path")).setAttribute("d", ICONS[kind]);
      node.addEventListener("click", () => (kind === "clear" ? options.onShape([]) : mode === kind ? end() : begin(kind)));
    }
    buttons.clear.hidden = true;
    CM.corner(map, "topleft", bar);
    const hint = CM.el("div", "cm-draw-hint", "", container);
    hint.setAttribute("role", "status");
    hint.hidden = true;

    /** Also for a moment after the end: the click that ends a shape asks for nothing else. */
    this.active = () => mode !== "" || performance.now() - ended < 400;

    /** The shape of the view, or an empty list. */
    this.setShape = function (ring) {
      if (shown) map.removeLayer(shown);
      shown = ring.length ? L.polygon(ring, Object.assign({}, style, { color: colour, fillColor: colour })).addTo(map) : null;
      buttons.clear.hidden = !shown;
    };

    this.setColours = function (theme) {
      colour = theme.ink;
      if (shown) shown.setStyle({ color: colour, fillColor: colour });
    };

    function begin(kind) {
      end();
      mode = kind;
      corners = [];
      buttons[kind].setAttribute("aria-pressed", "true");
      hint.textContent = kind === "box" ? words.boxHint : words.polygonHint;
      hint.hidden = false;
      container.classList.add("cm-drawing");
      map.dragging.disable();
      map.doubleClickZoom.disable();
      if (map.boxZoom) map.boxZoom.disable();
    }

    function end() {
      if (!mode) return;
      buttons[mode].removeAttribute("aria-pressed");
      mode = "";
      ended = performance.now();
      corners = [];
      if (sketch) map.removeLayer(sketch);
      sketch = null;
      hint.hidden = true;
      container.classList.remove("cm-drawing");
      map.dragging.enable();
      // The click that ends an outline is part of a double click: let it pass first.
      setTimeout(() => mode || map.doubleClickZoom.enable(), 400);
      if (map.boxZoom) map.boxZoom.enable();
    }

    function finish(ring) {
      end();
      if (ring.length < 3) return;
      options.onShape(ring.map((p) => [Number(p.lat.toFixed(4)), Number(p.lng.toFixed(4))]));
    }

    const boxOf = (a, b) => [L.latLng(a.lat, a.lng), L.latLng(a.lat, b.lng), L.latLng(b.lat, b.lng), L.latLng(b.lat, a.lng)];

    function draw(points) {
      if (sketch) sketch.setLatLngs(points);
      else sketch = L.polygon(points, Object.assign({}, style, { color: colour, fillColor: colour })).addTo(map);
    }

    // A rectangle is dragged. Pointer events, so that a finger can do it as well.
    let from = null;
    const at = (event) => map.mouseEventToLatLng(event);
    const onControl = (event) => event.target.closest && event.target.closest(".leaflet-control, .cm-problem");
    container.addEventListener("pointerdown", function (event) {
      if (mode !== "box" || onControl(event) || event.button > 0) return;
      from = { latlng: at(event), x: event.clientX, y: event.clientY };
      container.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    container.addEventListener("pointermove", function (event) {
      if (mode === "box" && from) draw(boxOf(from.latlng, at(event)));
      else if (mode === "polygon" && corners.length) draw(corners.concat([at(event)]));
    });
    container.addEventListener("pointerup", function (event) {
      if (mode !== "box" || !from) return;
      const start = from;
      from = null;
      const small = Math.abs(event.clientX - start.x) < 5 || Math.abs(event.clientY - start.y) < 5;
      if (small) return; // a slip: draw again
      finish(boxOf(start.latlng, at(event)));
    });

    // An outline is clicked. Taken before Leaflet and the marks see it, so that a corner opens no list.
    container.addEventListener(
      "click",
      function (event) {
        if (mode !== "polygon" || onControl(event)) return;
        event.stopPropagation();
        const point = map.mouseEventToContainerPoint(event);
        const near = (corner) => map.latLngToContainerPoint(corner).distanceTo(point) < NEAR;
        if (corners.length >= 3 && near(corners[0])) return finish(corners);
        if (corners.length && near(corners[corners.length - 1])) return corners.length >= 3 ? finish(corners) : undefined;
        corners.push(map.mouseEventToLatLng(event));
        draw(corners);
        if (corners.length < MOST) return;
        finish(corners);
      },
      true,
    );
    document.addEventListener("keydown", function (event) {
      if (!mode) return;
      if (event.key === "Escape") {
        event.stopPropagation();
        end();
      } else if (event.key === "Enter" && mode === "polygon" && !onControl(event)) finish(corners);
    });
  };
})();
