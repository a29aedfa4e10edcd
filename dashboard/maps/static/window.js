/* Where the map looks: kept in the page's address, remembered while another page is open, sent with each request. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const MEMORY = "conflictmap-window";

  /** The page's own address carries the window, so that a copied link opens here.

      Streamlit knows nothing of it and drops it whenever it writes the address itself, so this is
      also called now and then, and does nothing when all is as it should be. */
  CM.writeWindow = function (map) {
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
  };

  /** When one comes back from another page, the frame is new but the window should be the old one. */
  CM.remember = function (map, token) {
    try {
      const c = map.getCenter();
      sessionStorage.setItem(MEMORY, JSON.stringify({ token: token, lat: c.lat, lon: c.lng, zoom: map.getZoom() }));
    } catch (error) {
      // Storage is switched off: the map will fit the events instead.
    }
  };

  CM.remembered = function (token) {
    try {
      const found = JSON.parse(sessionStorage.getItem(MEMORY));
      return found && token && found.token === token ? found : null;
    } catch (error) {
      return null;
    }
  };

  /** The window with a margin, as a query; that around another centre, when it is given with its zoom. */
  CM.windowQuery = function (map, centre, zoom) {
    const px = map.getPixelBounds(centre, zoom);
    const at = zoom === undefined ? map.getZoom() : zoom;
    const b = L.latLngBounds(map.unproject(px.getBottomLeft(), at), map.unproject(px.getTopRight(), at)).pad(CM.MARGIN);
    const sides = {
      south: Math.max(-90, b.getSouth()).toFixed(4),
      west: Math.max(-180, b.getWest()).toFixed(4),
      north: Math.min(90, b.getNorth()).toFixed(4),
      east: Math.min(180, b.getEast()).toFixed(4),
      z: String(at),
    };
    if (b.getEast() - b.getWest() >= 360) Object.assign(sides, { west: "-180", east: "180" });
    return new URLSearchParams(sides).toString();
  };

  CM.MARGIN = 0.15; // of the window on each side: what is asked for beyond it
  const WHOLE_MARK = 0.03; // of the window: a mark beyond the edge of which a part is seen

  /** Whether an answer for a window (`windowQuery` around `bounds` at `zoom`) holds all that is to be seen now. */
  CM.isWithin = function (map, bounds, zoom) {
    return Boolean(bounds) && zoom === map.getZoom() && bounds.contains(map.getBounds().pad(WHOLE_MARK));
  };

  CM.lookAt = function (map, focus) {
    if (focus.bounds) {
      map.fitBounds(focus.bounds, { paddingTopLeft: [70, 40], paddingBottomRight: [60, 50], maxZoom: 9, animate: false });
    } else if (focus.lat !== undefined) {
      const there = L.latLng(focus.lat, focus.lon);
      const zoom = Math.max(map.getZoom(), focus.zoom || 8);
      if (zoom === map.getZoom() && map.getBounds().pad(-0.15).contains(there)) return;
      map.setView(there, zoom);
    }
  };

  /** A query with another period: byte for byte what the server would write for it. */
  CM.withPeriod = function (query, from, to) {
    const kept = query.split("&").filter((pair) => !/^(v|from|to)=/.test(pair));
    const days = [];
    if (from !== null) days.push("from=" + CM.isoDay(from));
    if (to !== null) days.push("to=" + CM.isoDay(to));
    return ["v=1", ...days, ...kept].join("&");
  };
})();
