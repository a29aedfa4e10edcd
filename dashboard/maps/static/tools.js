/* What the map page adds to a map: the layer switch, the timeline with playback, the tools to draw a shape. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  /** Called once, before the first view is shown. */
  CM.tools = function (map, state, options) {
    const container = map.getContainer();
    const corner = switchOf(map, state);
    CM.tiles(map, options.tiles, { labels: state.labels, parent: corner, ownZoom: map.getMaxZoom() });
    state.drawing = new CM.Drawing(map, {
      onShape: function (ring) {
        state.drawing.setShape(ring);
        state.tell({ kind: "shape", shape: ring });
      },
    });
    const panel = CM.el("section", "cm-time", null, container.parentNode);
    panel.setAttribute("aria-label", CM.words.time.label);
    panel.setAttribute("data-testid", "timeline");
    document.body.classList.add("cm-with-time");
    const playing = CM.el("div", "cm-playing", null, container);
    playing.setAttribute("role", "status");
    playing.setAttribute("data-testid", "playing");
    playing.hidden = true;

    const timeline = (state.timeline = new CM.Timeline(panel, {
      palette: options.palette,
      onPeriod: function (from, to) {
        player.forget();
        hide();
        // The map need not wait until the page has been told.
        state.foresee(CM.withPeriod(state.query, from, to), null);
        state.tell({ kind: "period", from: from === null ? "" : CM.isoDay(from), to: to === null ? "" : CM.isoDay(to) });
      },
    }));
    const player = (state.player = new CM.Player(panel, {
      range: function () {
        const data = timeline.data();
        if (!data) return null;
        const period = timeline.period() || {};
        const known = data.bars.length ? [data.bars[0].from, data.bars[data.bars.length - 1].to - 1] : [data.first, data.end - 1];
        const from = period.from === null || period.from === undefined ? known[0] : period.from;
        const to = period.to === null || period.to === undefined ? known[1] : period.to;
        return from <= to ? { from: from, to: to } : null;
      },
      show: function (frame) {
        state.period = frame;
        timeline.setCursor(frame);
        if (frame) say(frame);
        else hide();
        return state.load();
      },
      prefetch: (frame) => state.requests.prefetch(state.layers.path(state.filters(frame))),
      paused: () => say(player.frame()),
      rested: (frame) => state.tell({ kind: "rested", from: frame ? CM.isoDay(frame.from) : "", to: frame ? CM.isoDay(frame.to) : "" }),
    }));
    const foot = CM.el("div", "cm-time-foot", null, panel);
    const by = CM.el("span", "cm-time-by", "", foot);
    const whole = CM.el("button", "cm-button cm-button-quiet", CM.words.time.whole, foot);
    whole.type = "button";
    whole.hidden = true;
    whole.setAttribute("data-testid", "time-whole");
    whole.addEventListener("click", function () {
      timeline.setPeriod(null, null);
      state.tell({ kind: "period", from: "", to: "" });
    });

    function say(frame) {
      const at = player.position();
      playing.hidden = false;
      playing.replaceChildren();
      CM.el("strong", "", CM.daysInWords(frame.from, frame.to), playing);
      CM.el("span", "", at.atEnd && !at.playing ? CM.words.time.end : CM.words.time.of(at.number, at.all), playing);
    }

    function hide() {
      playing.hidden = true;
      timeline.setCursor(null);
    }

    let asked = "";
    function loadTimeline() {
      const wanted = state.query + "#" + state.version;
      if (asked === wanted) return;
      asked = wanted;
      CM.getJson("api/timeline?" + state.query).then(
        function (answer) {
          if (asked !== wanted) return;
          timeline.setData(answer);
          by.textContent = CM.words.time.by(answer.step) + ". " + CM.words.time.hint + ".";
          const range = player_range();
          player.suit(range ? range.to - range.from + 1 : 1);
        },
        function () {
          asked = "";
          timeline.fail();
        },
      );
    }

    function player_range() {
      const period = timeline.period();
      const data = timeline.data();
      if (!data) return null;
      return {
        from: period && period.from !== null ? period.from : data.first,
        to: period && period.to !== null ? period.to : data.end - 1,
      };
    }

    state.leavePlayback = function () {
      if (!player.active()) return;
      player.forget();
      hide();
    };

    state.onView = function (view, changed) {
      if (changed) state.leavePlayback();
      if (changed) state.period = null;
      const query = new URLSearchParams(view.query);
      const from = query.get("from");
      const to = query.get("to");
      timeline.setPeriod(from ? CM.dayNumber(from) : null, to ? CM.dayNumber(to) : null);
      whole.hidden = !from && !to;
      state.switchTo(view.layer, false);
      state.drawing.setShape(view.shape);
      loadTimeline();
    };
    container.addEventListener("keydown", (event) => event.key === "Escape" && player.active() && player.stop());
    panel.addEventListener("keydown", (event) => event.key === "Escape" && player.active() && player.stop());
  };

  function switchOf(map, state) {
    const box = CM.el("div", "cm-switch");
    const row = CM.segments(box, CM.words.layersLabel, CM.words.layers, "events", (name) => state.switchTo(name, true));
    row.setAttribute("data-testid", "layers");
    CM.corner(map, "topright", box);
    state.switchTo = function (name, tell) {
      if (!CM.words.layers[name]) return;
      row.choose(name);
      if (!state.layers.choose(name)) return;
      state.requests.forget();
      state.load();
      if (tell) state.tell({ kind: "layer", layer: name });
    };
    return box;
  }
})();
