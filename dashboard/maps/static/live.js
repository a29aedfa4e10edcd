/* The living map inside Streamlit: fetches what the window shows, tells Streamlit what was clicked,
   follows the theme. Layers, timeline and playback each have a file of their own. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  const SHAPES = 400; // in one request: its address stays short enough for any server
  const GLANCE_MS = 50; // how often a map that is being moved looks whether it has all that it shows
  const MANY_MS = 120; // moves that follow sooner are taken together
  const SETTLED_MS = 200;
  const CALM_MS = 400;
  const BELIEVED_MS = 8000; // what was foreseen is shown so long without the page's word

  function isDark() {
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
    const hex = /^#([0-9a-f]{6})$/i.exec(colour);
    if (!hex) return false;
    const n = parseInt(hex[1], 16);
    return 0.299 * (n >> 16) + 0.587 * ((n >> 8) & 255) + 0.114 * (n & 255) < 128;
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
        id.startsWith("area:") ? Promise.reject(new Error("no shape")) : CM.getJson("api/regions/" + encodeURIComponent(id)),
      getShapes: (ids, fine) => shapesOf(ids, fine),
      busy: () => Boolean(state.drawing && state.drawing.active()),
      awaited: () => state.query !== null && layers.name() === "events",
      onPick: tellStreamlit,
    }).addTo(map);
    const state = (CM._live = { map: map, events: events, query: null, asked: "", focus: null, period: null, regions: [], foreseen: [], waits: false });
    state.tell = tellStreamlit;
    state.labels = labels;
    state.requests = new CM.Requests(container);
    const layers = (state.layers = new CM.Layers(map, {
      palette: palette,
      events: events,
      base: base,
      basemapVersion: options.basemap,
      filtered: () => state.regions,
      busy: () => Boolean(state.drawing && state.drawing.active()),
      onPick: tellStreamlit,
    }));
    if (options.tools) CM.tools(map, state, options);

    let painted = "";
    function paint() {
      const name = (painted = theme());
      CM.applyTheme(container, palette[name], name);
      if (container.parentNode) CM.applyTheme(container.parentNode, palette[name], name);
      base.setColours(palette[name]);
      labels.setColours(palette[name]);
      events.setColours(name);
      layers.setColours(name);
      if (state.drawing) state.drawing.setColours(palette[name]);
    }
    paint();
    // With every run of the page; only another theme makes everything be drawn anew.
    window.addEventListener("message", function (event) {
      if (event.data && event.data.type === "streamlit:render") setTimeout(() => theme() !== painted && paint(), 0);
    });

    let baseIsThere;
    const withBase = new Promise((done) => (baseIsThere = done));
    getBase();
    function getBase() {
      CM.getJson("api/basemap?v=" + encodeURIComponent(options.basemap)).then(
        function (data) {
          base.setData(data);
          baseIsThere();
          labels.setData(data.labels);
          paint();
          refine();
        },
        () => CM.problem(container, "base", CM.words.load.base, CM.words.load.retry, getBase),
      );
    }

    /** The shapes of areas as lines by id: countries are those of the base map, all others come together. */
    function shapesOf(ids, fine) {
      return withBase.then(function () {
        const countries = base.countries();
        const found = {};
        const others = ids.filter((id) => fine || !(found[id] = countries[id]));
        if (!others.length) return found;
        const asked = [];
        for (let i = 0; i < others.length; i += SHAPES) asked.push(others.slice(i, i + SHAPES).map(encodeURIComponent).join(","));
        const rest = "&detail=" + (fine ? "fine" : "coarse") + "&v=" + encodeURIComponent(options.basemap);
        return Promise.all(asked.map((some) => CM.getJson("api/regions?ids=" + some + rest))).then(function (answers) {
          for (const answer of answers) for (const feature of answer.features) found[feature.properties.id] = CM.parts(feature);
          return found;
        });
      });
    }

    const asked = {};
    function refine() {
      if (map.getZoom() < CM.FINE_FROM) return;
      for (const id of base.visible()) {
        if (asked[id]) continue;
        asked[id] = true;
        CM.getJson("api/basemap/" + encodeURIComponent(id) + "?v=" + encodeURIComponent(options.basemap)).then(
          (layers_) => base.addFine(id, layers_),
          () => {}, // the coarse shape stays
        );
      }
    }

    /** The filters as they are shown: those of the view, or with the window of playback as the period. */
    state.filters = (period) => (period ? CM.withPeriod(state.query, period.from, period.to) : state.query);

    state.load = function () {
      const size = map.getSize();
      if (state.query === null || !size.x || !size.y) return Promise.resolve(); // a hidden frame has no window
      const filters = state.filters(state.period);
      const path = layers.path(filters);
      const request = path + "#" + state.version;
      if (request === state.asked) return Promise.resolve();
      state.asked = request;
      const layer = layers.name();
      const held = { what: whatIs(filters), bounds: map.getBounds().pad(CM.MARGIN), zoom: map.getZoom() };
      state.waits = true;
      return state.requests.ask(path).then(
        function (data) {
          if (!data || layer !== layers.name()) return; // something else was asked for meanwhile
          state.waits = false;
          state.held = held;
          CM.problem(container, "events", "");
          layers.setData(data);
          CM.painted(filters, path);
        },
        function () {
          state.asked = "";
          state.waits = false;
          CM.problem(container, "events", CM.words.load.failed, CM.words.load.retry, () => state.load());
        },
      );
    };

    /** Show what a click will make of the view, before the page was run. bounds: [[south, west], [north, east]] or null. */
    state.foresee = function (query, bounds) {
      if (state.query === null || query === state.query) return;
      if (state.leavePlayback) state.leavePlayback();
      if (!state.foreseen.length) state.foreseen.push(state.query);
      state.foreseen.push(query);
      state.query = query;
      state.period = null;
      if (bounds) CM.lookAt(map, { bounds: bounds });
      state.load();
      clearTimeout(state.doubt);
      state.doubt = setTimeout(function () {
        state.foreseen = []; // the page made something else of it
        if (state.told) CM.show(state.told);
      }, BELIEVED_MS);
    };

    const whatIs = (filters) => [layers.name(), filters, state.version].join("#");
    /** Whether all that the window shows was answered already. */
    const isHeld = () =>
      state.held && state.held.what === whatIs(state.filters(state.period)) && CM.isWithin(map, state.held.bounds, state.held.zoom);

    // What the window will show is asked for while it is on its way there.
    map.on("zoomanim", function (event) {
      if (state.query === null || event.noUpdate) return;
      const path = layers.path(state.filters(state.period), event.center, event.zoom);
      if (path + "#" + state.version !== state.asked) state.requests.prefetch(path);
    });
    let glance = 0;
    map.on("move", function () {
      if (state.query === null || glance || map._animatingZoom) return;
      glance = setTimeout(function () {
        glance = 0;
        if (!state.waits && !isHeld()) state.load();
      }, GLANCE_MS);
    });

    let timer = 0;
    let last = -Infinity;
    map.on("moveend", function () {
      const now = performance.now();
      const alone = now - last > MANY_MS;
      last = now;
      clearTimeout(timer);
      // One move is answered at once, before the next frame; of many in a row, as keys and wheels make, the last one is.
      if (alone) arrived();
      else timer = setTimeout(arrived, MANY_MS / 2);
    });
    function arrived() {
      if (!state.waits && isHeld()) {
        CM.painted(state.filters(state.period), state.asked.split("#")[0]);
        timer = setTimeout(settle, SETTLED_MS); // a margin for the next move is fetched when there is time
      } else {
        state.load();
        timer = setTimeout(settle, SETTLED_MS);
      }
    }
    function settle() {
      if (state.query !== null) {
        CM.writeWindow(map);
        CM.remember(map, state.focus);
      }
      state.load();
      timer = setTimeout(refine, CALM_MS); // finer lines of the base map are worth no wait for events
    }
    setInterval(() => state.query !== null && CM.writeWindow(map), 500);
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(container);
  };

  /** Whether the page tells of a view that later clicks have changed already: its next run will tell of those. */
  function isPassed(state, query) {
    const at = state.foreseen.lastIndexOf(query);
    if (at >= 0 && at < state.foreseen.length - 1) return true;
    state.foreseen = [];
    clearTimeout(state.doubt);
    return false;
  }

  /** Called by each feature group: the view to show now. */
  CM.show = function (options) {
    const state = CM._live;
    state.told = options;
    if (isPassed(state, options.query)) return;
    const map = state.map;
    const first = !state.started;
    state.started = true;
    const before = first && options.focus ? CM.remembered(options.focus.token) : null;
    if (before) {
      map.setView([before.lat, before.lon], before.zoom, { animate: false });
      state.focus = options.focus.token;
    } else if (first && options.window) {
      map.setView([options.window.lat, options.window.lon], options.window.zoom, { animate: false });
      state.focus = options.focus ? options.focus.token : null;
    } else if (options.focus && options.focus.token !== state.focus) {
      state.focus = options.focus.token;
      CM.lookAt(map, options.focus);
    }
    if (options.data) {
      state.events.setData(options.data); // a reading that is not stored: everything is here
    } else {
      if (state.version !== options.version) state.requests.forget();
      const changed = state.query !== options.query || state.version !== options.version;
      state.query = options.query;
      state.version = options.version;
      if (state.onView) state.onView(options, changed);
    }
    state.regions = options.regions;
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
