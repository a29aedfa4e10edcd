/* The saved page: the same map, with its data in the page. Nothing is fetched. */
(function () {
  "use strict";
  const CM = window.ConflictMap;
  const data = JSON.parse(document.getElementById("conflictmap-data").textContent);
  const palette = data.palette;
  // In the page of a snapshot and on other pages only the map is wanted, and who it is from.
  const framed = window.location.hash === "#frame" || window.location.pathname.endsWith("/embed");
  document.documentElement.classList.toggle("framed", framed);
  document.documentElement.classList.toggle("embedded", framed && window.location.hash !== "#frame");
  const credit = document.querySelector("footer .credit");
  if (framed && credit && window.location.pathname.endsWith("/embed")) {
    const link = CM.el("a", "", "Open the snapshot");
    link.href = window.location.pathname.replace(/\/embed$/, "");
    link.target = "_blank";
    link.rel = "noopener";
    credit.append(" ", link);
  }
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = () => (dark.matches ? "dark" : "light");

  const node = document.getElementById("map");
  const map = L.map(node, { minZoom: 2, maxZoom: 14, maxBounds: data.covered, maxBoundsViscosity: 0.8 });
  node.classList.add("cm-map");
  CM.makePanes(map);
  CM.furnish(map, data);
  map.fitBounds(data.bounds, { maxZoom: 10, padding: [30, 30] });
  if (data.window) map.setView([data.window.lat, data.window.lon], data.window.zoom);
  // Further out there is nothing in this file to show.
  map.setMinZoom(Math.min(map.getZoom(), map.getBoundsZoom(data.covered, true)));

  const base = CM.basemap(data.basemap, palette[theme()]).addTo(map);
  const labels = CM.labels(data.basemap.labels, palette[theme()]).addTo(map);
  const cards = Array.from(document.querySelectorAll("[data-event]"));
  const showAll = document.getElementById("show-all");
  const heading = document.getElementById("list-heading");
  const everything = heading.textContent;

  function list(ids, words) {
    const wanted = ids && new Set(ids);
    for (const card of cards) card.parentElement.hidden = Boolean(wanted) && !wanted.has(card.dataset.event);
    heading.textContent = words || everything;
    showAll.hidden = !wanted;
  }

  function select(place) {
    for (const card of cards) card.parentElement.classList.toggle("selected", card.dataset.event === place.event);
    events.setSelected(place);
  }

  const events = CM.events({
    palette: palette,
    labels: labels,
    getRegion: (id) => (data.regions[id] ? Promise.resolve(data.regions[id]) : Promise.reject(new Error(id))),
    onPick: function (picked) {
      const from = picked.kind === "area" ? data.areas.find((a) => a.region === picked.region) : picked;
      const ids = (from && from.events) || [];
      const count = (from && from.count) || ids.length;
      const which = ids.length < count ? CM.plural(ids.length, "report is", "reports are") + " listed here of " : "";
      list(ids, which + CM.plural(count, "reported event", "reported events") + (picked.kind === "area" ? " somewhere in " : " at ") + picked.name);
      select({ event: ids[0], place: picked.place || "", region: picked.region || "" });
      document.getElementById("list").scrollTop = 0;
    },
  }).addTo(map);

  function paint() {
    CM.applyTheme(node, palette[theme()], theme());
    base.setColours(palette[theme()]);
    labels.setColours(palette[theme()]);
    events.setColours(theme());
  }
  paint();
  dark.addEventListener("change", paint);
  events.setData({ points: data.points, cells: data.cells || [], areas: data.areas });
  events.setRegions(data.filtered);
  if (data.selected) select(data.selected);

  showAll.addEventListener("click", () => list(null));
  for (const button of document.querySelectorAll("[data-show]")) {
    button.addEventListener("click", function () {
      const id = button.dataset.show;
      const point = data.points.find((p) => p.events.indexOf(id) >= 0);
      const area = data.areas.find((a) => a.events.indexOf(id) >= 0);
      if (point) {
        select({ event: id, place: point.id, region: "" });
        map.setView([point.lat, point.lon], Math.max(map.getZoom(), 8));
      } else if (area) {
        select({ event: id, place: "", region: area.region });
        const shape = data.regions[area.region];
        if (shape) map.fitBounds(L.geoJSON(shape).getBounds(), { maxZoom: 9 });
      }
    });
  }
})();
