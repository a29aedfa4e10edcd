/* The living map inside Streamlit: fetches what the window shows, tells Streamlit what was clicked,
   writes the window into the page's address, follows the theme. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const ROOT = "../../"; // this frame lives at /component/<name>/index.html

  const MEMORY = "conflictmap-window";

  function isDark() {
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
    const hex = /^#([0-9a-f]{6})$/i.exec(colour);
    if (!hex) return false;
    const n = parseInt(hex[1], 16);
    return 0.299 * (n >> 16) + 0.587 * ((n >> 8) & 255) + 0.114 * (n & 255) < 128;
  }

  function getJson(path, signal) {
    return fetch(ROOT + path, { signal: signal, credentials: "same-origin" }).then(function (response) {
      if (!response.ok) throw new Error("status " + response.status);
      return response.json();
    });
  }

  /** The page's own address carries the window, so that a copied link opens here.

      Streamlit knows nothing of it and drops it whenever it writes the address itself, so this is
      also called now and then, and does nothing when all is as it should be. */
  function writeWindow(map) {
    try {
      const page = window.parent;
      const url = new URL(page.location.href);
      if (!url.searchParams.has("v")) return; // the page has not written its view yet
      const c = map.getCenter().wrap();
      const wanted = { lat: c.lat.toFixed(4), lon: c.lng.toFixed(4), z: String(map.getZoom()) };
      if (Object.keys(wanted).every((key) => url.searchParams.get(key) === wanted[key])) return;
      for (const key in wanted) url.searchParams.set(key, wanted[key]);
      page.history.replaceState(page.history.state, "", url);
    } catch (error) {
      // Another origin embeds us: the address stays as it is.
    }
  }

  /** When one comes back from another page, the frame is new but the window should be the old one. */
  function remember(map, token) {
    try {
      const c = map.getCenter();
      sessionStorage.setItem(MEMORY, JSON.stringify({ token: token, lat: c.lat, lon: c.lng, zoom: map.getZoom() }));
    } catch (error) {
      // Storage is switched off: the map will fit the events instead.
    }
  }

  function remembered(token) {
    try {
      const found = JSON.parse(sessionStorage.getItem(MEMORY));
      return found && token && found.token === token ? found : null;
    } catch (error) {
      return null;
    }
  }

  function tellStreamlit(message) {
    const state = window.__GLOBAL_DATA__;
    if (!state || !window.Streamlit) return;
    // The number makes a second click on the same mark a new message.
    message.n = (CM._clicks = (CM._clicks || 0) + 1) + Math.floor(performance.timeOrigin);
    const text = JSON.stringify(message);
    state.last_object_clicked_tooltip = text;
    state.previous_data = { last_object_clicked_tooltip: text };
    window.Streamlit.setComponentValue(state.previous_data);
  }

  /** Called once by the base map's script. */
  CM.start = function (map, options) {
    const palette = options.palette;
    const theme = () => (isDark() ? "dark" : "light");
    const container = map.getContainer();
    container.setAttribute("data-testid", "conflict-map");
    container.classList.add("cm-map");
    CM.makePanes(map);
    CM.furnish(map, options);
    const base = CM.basemap(null, palette[theme()]).addTo(map);
    const labels = CM.labels(null, palette[theme()]).addTo(map);
    const events = CM.events({
      palette: palette,
      labels: labels,
      // Rivers, seas and continents have no shape: nothing is asked for that is known not to be there.
      getRegion: (id) =>
        id.startsWith("area:") ? Promise.reject(new Error("no shape")) : getJson("api/regions/" + encodeURIComponent(id)),
      onPick: tellStreamlit,
    }).addTo(map);

    function paint() {
      const name = theme();
      CM.applyTheme(container, palette[name], name);
      base.setColours(palette[name]);
      labels.setColours(palette[name]);
      events.setColours(name);
    }
    paint();
    window.addEventListener("message", function (event) {
      if (event.data && event.data.type === "streamlit:render") setTimeout(paint, 0);
    });

    getJson("api/basemap?v=" + encodeURIComponent(options.basemap)).then(
      function (data) {
        base.setData(data);
        labels.setData(data.labels);
        paint();
        refine();
      },
      () => CM.note(map, "The base map could not be loaded."),
    );

    const asked = {};
    function refine() {
      if (map.getZoom() < CM.FINE_FROM) return;
      for (const id of base.visible()) {
        if (asked[id]) continue;
        asked[id] = true;
        getJson("api/basemap/" + encodeURIComponent(id) + "?v=" + encodeURIComponent(options.basemap)).then(
          (layers) => base.addFine(id, layers),
          () => {}, // the coarse shape stays
        );
      }
    }

    // Names are drawn on a canvas, which does not wait for its font.
    document.fonts.load('12px "Source Sans"').then(paint, () => {});

    const state = (CM._live = { map: map, events: events, query: null, asked: "", focus: null });

    state.load = function () {
      const size = map.getSize();
      if (state.query === null || !size.x || !size.y) return; // a hidden frame has no window
      const b = map.getBounds().pad(0.15);
      const window_ = {
        south: Math.max(-90, b.getSouth()).toFixed(4),
        west: Math.max(-180, b.getWest()).toFixed(4),
        north: Math.min(90, b.getNorth()).toFixed(4),
        east: Math.min(180, b.getEast()).toFixed(4),
        z: String(map.getZoom()),
      };
      if (b.getEast() - b.getWest() >= 360) Object.assign(window_, { west: "-180", east: "180" });
      const path = "api/cells?" + state.query + "&" + new URLSearchParams(window_).toString();
      const request = path + "#" + state.version;
      if (request === state.asked) return;
      state.asked = request;
      if (state.abort) state.abort.abort();
      state.abort = new AbortController();
      container.setAttribute("data-loading", "yes");
      getJson(path, state.abort.signal).then(
        function (data) {
          container.removeAttribute("data-loading");
          events.setData(data);
        },
        function (error) {
          if (error.name === "AbortError") return;
          container.removeAttribute("data-loading");
          state.asked = "";
          CM.note(map, "The events could not be loaded. Move the map to try again.");
        },
      );
    };

    let timer = 0;
    map.on("moveend", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        if (state.query !== null) {
          writeWindow(map);
          remember(map, state.focus);
        }
        state.load();
        refine();
      }, 60);
    });
    setInterval(() => state.query !== null && writeWindow(map), 500);
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(container);
  };

  function lookAt(map, focus) {
    if (focus.bounds) {
      map.fitBounds(focus.bounds, { paddingTopLeft: [70, 40], paddingBottomRight: [60, 50], maxZoom: 9, animate: false });
    } else if (focus.lat !== undefined) {
      const there = L.latLng(focus.lat, focus.lon);
      const zoom = Math.max(map.getZoom(), focus.zoom || 8);
      if (zoom === map.getZoom() && map.getBounds().pad(-0.15).contains(there)) return;
      map.setView(there, zoom);
    }
  }

  /** Called by each feature group: the view to show now. */
  CM.show = function (options) {
    const state = CM._live;
    const map = state.map;
    const first = !state.started;
    state.started = true;
    if (options.data) {
      state.events.setData(options.data); // a reading that is not stored: everything is here
    } else {
      state.query = options.query;
      state.version = options.version;
    }
    const before = first && options.focus ? remembered(options.focus.token) : null;
    if (before) {
      map.setView([before.lat, before.lon], before.zoom, { animate: false });
      state.focus = options.focus.token;
    } else if (first && options.window) {
      map.setView([options.window.lat, options.window.lon], options.window.zoom, { animate: false });
      state.focus = options.focus ? options.focus.token : null;
    } else if (options.focus && options.focus.token !== state.focus) {
      state.focus = options.focus.token;
      lookAt(map, options.focus);
    }
    state.events.setRegions(options.regions);
    state.events.setSelected(options.selected);
    state.load();
  };

  /** A layer whose only task is to be swapped by streamlit-folium. */
  CM.View = L.Layer.extend({
    initialize: function (options) {
      this._view = options;
    },
    onAdd: function () {
      CM.show(this._view);
    },
    onRemove: function () {},
  });
})();
