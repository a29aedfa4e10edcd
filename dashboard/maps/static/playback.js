/* Playback: the map goes through the period window by window. Nothing of the page is run again; the next
   window is fetched while the present one is looked at. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const SPEED_MS = { slow: 1600, normal: 800, fast: 350 };
  const CALM_MS = 2000; // for those who asked for less motion
  const MOST_FRAMES = 2000;
  const REST_MS = 700; // steps that follow sooner are one, for the page

  /** The windows that a period is cut into: [{from, to}], day numbers, both inclusive. */
  CM.frames = function (from, to, length, cumulative) {
    const made = [];
    for (let day = length === "month" ? CM.stepStart(from, "month") : from; day <= to && made.length < MOST_FRAMES; ) {
      const end = CM.stepEnd(day, length);
      made.push({ from: cumulative ? from : Math.max(day, from), to: Math.min(end - 1, to) });
      day = end;
    }
    return made;
  };

  /** Window length that makes neither hundreds of steps nor three. */
  CM.windowFor = (days) => (days <= 62 ? "day" : days <= 420 ? "week" : "month");

  function button(parent, name, testId, path, run) {
    const node = CM.el("button", "cm-play-button", null, parent);
    node.type = "button";
    node.setAttribute("data-testid", testId);
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    icon.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path")).setAttribute("d", path);
    node.appendChild(icon);
    node.rename = function (words, shape) {
      node.setAttribute("aria-label", words);
      node.title = words;
      if (shape) icon.firstChild.setAttribute("d", shape);
    };
    node.rename(name);
    node.addEventListener("click", run);
    return node;
  }

  const ICONS = {
    play: "M8 5v14l11-7z",
    pause: "M6 5h4v14H6zm8 0h4v14h-4z",
    back: "M7 6h2v12H7zm12 0v12l-9-6z",
    forward: "M15 6h2v12h-2zM5 6v12l9-6z",
    stop: "M6 6h12v12H6z",
  };

  /** options: {range() -> {from, to} | null, show(frame | null) -> Promise, prefetch(frame), paused(),
      rested(frame | null): it stands still there, or the whole period is back} */
  CM.Player = function (parent, options) {
    const words = CM.words.time;
    const self = this;
    const bar = CM.el("div", "cm-play", null, parent);
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", words.play);
    let frames = [];
    let index = -1;
    let timer = 0;
    let playing = false;
    let turn = 0;
    let resting = 0;
    let told = null; // where it rested when that was told last

    /** Tell where playback stands, once it does. */
    function rest() {
      clearTimeout(resting);
      resting = setTimeout(function () {
        const frame = frames[index];
        if (playing || !frame || (told && told.from === frame.from && told.to === frame.to)) return;
        told = frame;
        options.rested(frame);
      }, REST_MS);
    }

    const play = button(bar, words.play, "play", ICONS.play, () => (playing ? self.pause() : self.play()));
    play.classList.add("cm-play-main");
    const steps = CM.el("div", "cm-play-steps", null, bar);
    button(steps, words.back, "play-back", ICONS.back, () => self.step(-1));
    button(steps, words.forward, "play-forward", ICONS.forward, () => self.step(1));
    const stop = button(steps, words.stop, "play-stop", ICONS.stop, () => self.stop());
    stop.disabled = true;
    const settings = CM.el("div", "cm-play-settings", null, bar);
    const length = choice(settings, words.window, words.windows, "play-window", "week", () => self.restart());
    const speed = choice(settings, words.speed, words.speeds, "play-speed", "normal", () => {});
    const label = CM.el("label", "cm-play-check", null, settings);
    const cumulative = CM.el("input", "", null, label);
    cumulative.type = "checkbox";
    cumulative.setAttribute("data-testid", "play-cumulative");
    CM.el("span", "", words.cumulative, label);
    label.title = words.cumulativeHint;
    cumulative.addEventListener("change", () => self.restart());

    function choice(into, name, values, testId, chosen, changed) {
      const node = CM.el("select", "cm-select", null, into);
      node.setAttribute("aria-label", name);
      node.setAttribute("data-testid", testId);
      for (const key in values) {
        const option = CM.el("option", "", values[key], node);
        option.value = key;
        option.selected = key === chosen;
      }
      node.addEventListener("change", changed);
      return node;
    }

    this.active = () => index >= 0;
    this.frame = () => (index >= 0 ? frames[index] : null);
    this.position = () => ({ number: index + 1, all: frames.length, atEnd: index >= frames.length - 1, playing: playing });

    function prepare() {
      const range = options.range();
      frames = range ? CM.frames(range.from, range.to, length.value, cumulative.checked) : [];
      return frames.length > 0;
    }

    /** Choose a window length that suits the period, unless a person has chosen one. */
    this.suit = function (days) {
      if (!length.dataset.chosen) length.value = CM.windowFor(days);
      play.disabled = !options.range();
    };
    length.addEventListener("change", () => (length.dataset.chosen = "yes"));

    function go(to) {
      index = to;
      const mine = ++turn;
      clearTimeout(timer);
      stop.disabled = false;
      const shownAt = performance.now();
      options.show(frames[index]).then(
        function () {
          if (mine !== turn) return;
          if (frames[index + 1]) options.prefetch(frames[index + 1]);
          if (!playing) return rest();
          if (index >= frames.length - 1) return self.pause();
          const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
          const pause = calm ? CALM_MS : SPEED_MS[speed.value];
          timer = setTimeout(() => go(index + 1), Math.max(0, pause - (performance.now() - shownAt)));
        },
        () => mine === turn && self.pause(),
      );
    }

    this.play = function () {
      if (index < 0 || index >= frames.length - 1) {
        if (!prepare()) return;
        index = -1;
      }
      playing = true;
      play.rename(words.pause, ICONS.pause);
      go(index + 1);
    };

    this.pause = function () {
      playing = false;
      clearTimeout(timer);
      play.rename(words.play, ICONS.play);
      if (index < 0) return;
      options.paused();
      rest();
    };

    this.step = function (by) {
      const began = index >= 0;
      if (!began && !prepare()) return;
      self.pause();
      const to = began ? index + by : by > 0 ? 0 : frames.length - 1;
      if (to >= 0 && to < frames.length) go(to);
    };

    /** The settings were changed: go on from the day where playback stands. */
    this.restart = function () {
      if (index < 0) return;
      const day = frames[index].to;
      if (!prepare()) return self.stop();
      const at = frames.findIndex((frame) => frame.to >= day);
      go(at < 0 ? frames.length - 1 : at);
    };

    /** Back to the whole period. */
    this.stop = function () {
      if (index < 0) return;
      const page = told;
      self.forget();
      options.show(null);
      if (page) options.rested(null);
    };

    /** The view has changed: playback is over, and the map is shown what it is told. */
    this.forget = function () {
      turn += 1;
      clearTimeout(resting);
      told = null;
      index = -1;
      frames = [];
      self.pause();
      stop.disabled = true;
    };
  };
})();
