/* How the map asks the server: what is superseded is given up, what comes next is fetched ahead, what takes
   long shows a line, what fails says so and can be tried again. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const ROOT = "../../"; // the map's frame lives at /component/<name>/index.html
  const QUIET_MS = 300; // an answer within this time needs no sign of waiting
  const AHEAD = 12; // answers that are kept, fetched ahead

  CM.getJson = function (path, signal) {
    return fetch(ROOT + path, { signal: signal, credentials: "same-origin" }).then(function (response) {
      if (!response.ok) throw new Error("status " + response.status);
      return response.json();
    });
  };

  /** One thing that is asked for again and again: `ask` gives up what it asked for before. */
  CM.Requests = function (container) {
    const ahead = new Map();
    let abort = null;
    let timer = 0;

    function waiting(yes) {
      clearTimeout(timer);
      const line = container.querySelector(".cm-progress");
      if (!yes) {
        container.removeAttribute("data-loading");
        if (line) line.remove();
        return;
      }
      container.setAttribute("data-loading", "yes");
      if (line) return;
      timer = setTimeout(function () {
        const node = CM.el("div", "cm-progress", null, container);
        node.setAttribute("role", "progressbar");
        node.setAttribute("aria-label", CM.words.load.busy);
      }, QUIET_MS);
    }

    /** Fetch what will be asked for soon. */
    this.prefetch = function (path) {
      if (ahead.has(path)) return ahead.get(path).answer;
      const abort = new AbortController();
      const answer = CM.getJson(path, abort.signal);
      answer.catch(() => ahead.delete(path));
      ahead.set(path, { answer: answer, abort: abort });
      if (ahead.size > AHEAD) ahead.delete(ahead.keys().next().value);
      return answer;
    };

    this.forget = () => ahead.clear();

    /** Resolves with the answer, or with null when something else was asked for meanwhile. */
    this.ask = function (path) {
      if (abort) abort.abort();
      const early = ahead.get(path);
      const own = (abort = early ? early.abort : new AbortController());
      waiting(true);
      return (early ? early.answer : CM.getJson(path, own.signal)).then(
        function (data) {
          if (own !== abort) return null;
          waiting(false);
          return data;
        },
        function (error) {
          if (own !== abort || error.name === "AbortError") return null;
          waiting(false);
          throw error;
        },
      );
    };

    this.cancel = function () {
      if (abort) abort.abort();
      abort = null;
      waiting(false);
    };
  };

  /**
   * A sentence over the map with one button; an empty text removes it, but only what the same thing has said before: that
   * events have come does not mend an online map.
   */
  CM.problem = function (container, of, text, action, run) {
    const old = container.querySelector(".cm-problem");
    if (old && (text || old.dataset.of === of)) old.remove();
    if (!text) return;
    const box = CM.el("div", "cm-problem", null, container);
    box.dataset.of = of;
    box.setAttribute("role", "alert");
    CM.el("span", "", text, box);
    const button = CM.el("button", "cm-button", action, box);
    button.type = "button";
    button.addEventListener("click", function () {
      box.remove();
      run();
    });
    L.DomEvent.disableClickPropagation(box);
  };

  /** Say when a query is on the screen, for those who measure: after the frame that paints it. */
  CM.painted = function (query, path) {
    requestAnimationFrame(() =>
      requestAnimationFrame(function () {
        const said = (window.__conflictmap = window.__conflictmap || {});
        said.painted = { query: query, path: path, t: performance.now(), count: ((said.painted || {}).count || 0) + 1 };
        performance.mark("conflictmap-painted", { detail: { query: query, path: path } });
      }),
    );
  };
})();
