/* Small things around the map that the live map and the saved page share. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  /** Hand the colours to the style sheet. */
  CM.applyTheme = function (node, colours, name) {
    for (const key in colours) node.style.setProperty("--cm-" + key, colours[key]);
    node.setAttribute("data-theme", name);
    node.style.background = colours.sea;
  };

  /** What stands around every map: scale, attribution, legend. */
  CM.furnish = function (map, options) {
    L.control.scale({ imperial: false }).addTo(map);
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution(options.attribution);
    CM.legend(options.palette).addTo(map);
  };

  /** One calm sentence in the map's corner; an empty text removes it. */
  CM.note = function (map, text) {
    const container = map.getContainer();
    let node = container.querySelector(".cm-note");
    if (!text) {
      if (node) node.remove();
      return;
    }
    if (!node) {
      node = CM.el("div", "cm-note", "", container);
      node.setAttribute("role", "status");
    }
    node.textContent = text;
  };
})();
