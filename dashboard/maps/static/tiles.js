/* Online tiles, where an installation has switched them on. The built-in map lies under them, and is what is seen
   when they do not come. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const MEMORY = "conflictmap-base";
  const OWN = "";
  const ENOUGH_FAILED = 4; // tiles, one after the other
  const LONGEST_WAIT_MS = 12000; // for the first tile: a blocked server often does not answer at all

  const escaped = (text) => text.replace(/[&<>"']/g, (letter) => "&#" + letter.charCodeAt(0) + ";");

  /** sources: [{name, url, attribution, maxZoom, named}]; parts: {labels, parent, ownZoom} */
  CM.tiles = function (map, sources, parts) {
    if (!sources.length) return;
    const container = map.getContainer();
    let layer = null;
    let failed = 0;
    let timer = 0;
    const names = { [OWN]: CM.words.ownBase };
    for (const source of sources) names[source.name] = source.name;
    const row = CM.segments(parts.parent, CM.words.bases, names, OWN, (name) => choose(name, true), "cm-bases");

    function choose(name, byPerson) {
      const source = sources.find((one) => one.name === name);
      if (layer) map.removeLayer(layer);
      layer = null;
      failed = 0;
      clearTimeout(timer);
      CM.problem(container, "tiles", "");
      row.choose(source ? name : OWN);
      container.setAttribute("data-base", source ? name : OWN);
      parts.labels.setPlain(Boolean(source && source.named));
      map.setMaxZoom(source ? source.maxZoom : parts.ownZoom);
      if (byPerson) remember(source ? name : OWN);
      if (!source) return;
      layer = L.tileLayer(source.url, {
        attribution: escaped(source.attribution),
        maxZoom: source.maxZoom,
        zIndex: 2,
        pane: "tiles",
        // Servers such as OpenStreetMap's want to know which site asks; no more than that is told.
        referrerPolicy: "strict-origin-when-cross-origin",
      });
      const giveUp = function () {
        choose(OWN, false);
        CM.problem(container, "tiles", CM.words.load.tiles, CM.words.load.retry, () => choose(name, true));
      };
      const mine = layer; // what a layer that was taken off still hears of its tiles says nothing of the next one
      layer.on("tileload", function () {
        if (layer !== mine) return;
        failed = 0;
        clearTimeout(timer);
      });
      layer.on("tileerror", function () {
        if (layer !== mine) return;
        failed += 1;
        if (failed >= ENOUGH_FAILED) giveUp();
      });
      timer = setTimeout(giveUp, LONGEST_WAIT_MS);
      layer.addTo(map);
    }

    function remember(name) {
      try {
        localStorage.setItem(MEMORY, name);
      } catch (error) {
        // Storage is switched off: the built-in map opens next time.
      }
    }

    try {
      const before = localStorage.getItem(MEMORY);
      if (before) choose(before, false);
    } catch (error) {
      // Storage is switched off.
    }
  };
})();
