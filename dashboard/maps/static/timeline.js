/* The timeline under the map: bars by day, week or month, stacked by quad; a window for the period, which is
   dragged, moved by its ends or set by key; and where playback stands. SVG, our own. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const SVG = "http://www.w3.org/2000/svg";
  const ORDER = ["4", "3", "2", "1", "0"];
  const MARGIN = { left: 34, right: 10, top: 8, bottom: 20 };
  const WIDEST_BAR = 44; // px: a single day is no wall
  const KEYS_MS = 450; // a key pressed again within this time is part of the same change

  function svg(name, attributes, parent) {
    const node = document.createElementNS(SVG, name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    if (parent) parent.appendChild(node);
    return node;
  }

  /** First day of the step that holds a day, and first day after a step. Weeks begin on Monday. */
  CM.stepStart = function (day, step) {
    const p = CM.dayParts(day);
    if (step === "month") return Math.round(Date.UTC(p.year, p.m, 1) / 864e5);
    return step === "week" ? day - ((((day + 3) % 7) + 7) % 7) : day;
  };
  CM.stepEnd = function (day, step) {
    const p = CM.dayParts(day);
    if (step === "month") return Math.round(Date.UTC(p.year, p.m + 1, 1) / 864e5);
    return day + (step === "week" ? 7 : 1);
  };

  /** options: {palette, onPeriod(from, to)}: day numbers, both inclusive, or nulls for all dates. */
  CM.Timeline = function (parent, options) {
    const words = CM.words.time;
    const box = CM.el("div", "cm-time-chart", null, parent);
    const root = svg("svg", { class: "cm-time-svg", role: "img", "aria-label": words.label }, box); // until its numbers are there
    const handles = ["first", "last"].map(function (which) {
      const node = CM.el("div", "cm-time-handle", null, box);
      node.setAttribute("role", "slider");
      node.setAttribute("aria-label", words[which]);
      node.setAttribute("data-testid", "time-" + which);
      node.tabIndex = 0;
      return node;
    });
    const tip = CM.el("div", "cm-time-tip", null, box);
    tip.hidden = true;
    const empty = CM.el("div", "cm-time-empty", null, box);

    const self = this;
    let data = null; // {step, first, end, bars: [{from, to, quads, total}]}
    let period = null; // {from, to} inclusive
    let cursor = null; // where playback stands, likewise
    let drag = null;
    let keys = 0;

    this.node = box;
    this.data = () => data;
    this.period = () => period;

    this.setData = function (answer) {
      data = null;
      if (answer.first) {
        const bars = new Map();
        for (const row of answer.rows) {
          const from = CM.dayNumber(row[0]);
          if (!bars.has(from)) bars.set(from, { from: from, to: CM.stepEnd(from, answer.step), quads: {}, total: 0 });
          const bar = bars.get(from);
          bar.quads[row[1]] = row[2];
          bar.total += row[2];
        }
        data = { step: answer.step, first: CM.dayNumber(answer.first), end: CM.dayNumber(answer.end), bars: Array.from(bars.values()) };
      }
      root.setAttribute("aria-label", answer.words);
      empty.textContent = data && data.bars.length ? "" : words.none;
      draw();
    };

    this.fail = function () {
      data = null;
      empty.textContent = words.failed;
      draw();
    };

    this.setPeriod = function (from, to) {
      const wanted = from === null && to === null ? null : { from: from, to: to };
      if (JSON.stringify(wanted) === JSON.stringify(period)) return; // told with every run of the page
      period = wanted;
      draw();
    };

    this.setCursor = function (found) {
      cursor = found;
      draw();
    };

    // Days to pixels and back

    // Measured when it changes: to ask for it makes the browser lay out the whole page on the spot.
    let size = null;
    const measured = () => (size = size || { width: box.clientWidth, height: box.clientHeight });
    const width = () => measured().width;
    const height = () => measured().height;
    const inner = () => Math.max(10, width() - MARGIN.left - MARGIN.right);
    const x = (day) => MARGIN.left + ((day - data.first) / Math.max(1, data.end - data.first)) * inner();
    const dayAt = (px) => data.first + ((px - MARGIN.left) / inner()) * (data.end - data.first);

    /** The nearest place where a step begins. */
    function edge(px) {
      const day = Math.max(data.first, Math.min(data.end, dayAt(px)));
      const before = CM.stepStart(Math.floor(Math.min(day, data.end - 0.001)), data.step);
      const after = CM.stepEnd(before, data.step);
      return day - before < after - day ? before : after;
    }

    const shown = () => drag || { from: period && period.from !== null ? period.from : data.first, to: period && period.to !== null ? period.to : data.end - 1 };

    function draw() {
      root.replaceChildren();
      const w = width();
      const h = height();
      root.setAttribute("viewBox", "0 0 " + w + " " + h);
      for (const handle of handles) handle.hidden = !data;
      if (!data || !w || !h) return;
      const floor = h - MARGIN.bottom;
      const top = Math.max(1, ...data.bars.map((bar) => bar.total));
      const y = (count) => floor - (count / top) * (floor - MARGIN.top);
      const now = shown();
      const limited = Boolean(period || drag);
      ticksOfCounts(top, y, w);
      for (const bar of data.bars) {
        const inside = bar.to > now.from && bar.from <= now.to;
        const lit = cursor ? bar.to > cursor.from && bar.from <= cursor.to : inside || !limited;
        const room = x(bar.to) - x(bar.from);
        const wide = Math.min(WIDEST_BAR, Math.max(1, room - (room > 4 ? 1 : 0)));
        const left = x(bar.from) + (wide === WIDEST_BAR ? (room - wide) / 2 : 0);
        const group = svg("g", { class: lit ? "cm-time-bar" : "cm-time-bar cm-time-faint" }, root);
        let base = 0;
        for (const quad of ORDER) {
          const count = bar.quads[quad];
          if (!count) continue;
          svg("rect", { x: left, y: y(base + count), width: wide, height: Math.max(0.5, y(base) - y(base + count)), fill: options.palette.quads[quad] }, group);
          base += count;
        }
      }
      svg("line", { x1: MARGIN.left, x2: w - MARGIN.right, y1: floor + 0.5, y2: floor + 0.5, class: "cm-time-axis" }, root);
      ticksOfDays(floor, w);
      const a = x(now.from);
      const b = x(now.to + 1);
      if (limited) svg("rect", { x: a, y: MARGIN.top - 5, width: Math.max(2, b - a), height: floor - MARGIN.top + 5, class: "cm-time-window" }, root);
      if (cursor) {
        const c = Math.max(MARGIN.left, x(cursor.from));
        svg("rect", { x: c, y: MARGIN.top - 5, width: Math.max(3, Math.min(w - MARGIN.right, x(cursor.to + 1)) - c), height: floor - MARGIN.top + 5, class: "cm-time-cursor" }, root);
      }
      place(handles[0], a, now.from, floor);
      place(handles[1], b, now.to, floor);
    }

    function place(handle, px, day, floor) {
      handle.style.left = Math.max(MARGIN.left, Math.min(width() - MARGIN.right, px)) + "px";
      handle.style.height = floor + "px";
      handle.classList.toggle("cm-time-open", !period && !drag);
      handle.setAttribute("aria-valuemin", String(data.first));
      handle.setAttribute("aria-valuemax", String(data.end - 1));
      handle.setAttribute("aria-valuenow", String(Math.max(data.first, Math.min(data.end - 1, day))));
      handle.setAttribute("aria-valuetext", CM.daysInWords(day, day));
    }

    function ticksOfCounts(top, y, w) {
      const step = niceStep(top / 2);
      for (let count = step; count <= top; count += step) {
        const at = Math.round(y(count)) + 0.5;
        svg("line", { x1: MARGIN.left, x2: w - MARGIN.right, y1: at, y2: at, class: "cm-time-grid" }, root);
        svg("text", { x: MARGIN.left - 5, y: at + 4, "text-anchor": "end", class: "cm-time-text" }, root).textContent = CM.shortCount(count);
      }
    }

    function niceStep(value) {
      const power = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
      return [5, 2, 1].map((m) => m * power).find((m) => m <= Math.max(1, value)) || 1;
    }

    /** Dates under the bars, as many as there is room for: days, first days of months, or years. */
    function ticksOfDays(floor, w) {
      const room = 74;
      const span = data.end - data.first;
      const most = Math.max(2, Math.floor(inner() / room));
      const ticks = [];
      if (span / most < 25) {
        const every = [1, 2, 7, 14].find((days) => span / days <= most) || 28;
        const begin = every >= 7 ? CM.stepStart(data.first + 6, "week") : data.first;
        const middle = every > 1 ? 0 : 0.5; // each day has a name: under its bar
        for (let day = begin; day < data.end; day += every) ticks.push([day + middle, CM.dayParts(day).day + " " + CM.dayParts(day).month]);
      } else {
        const months = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((m) => span / (30.4 * m) <= most) || 600;
        const p = CM.dayParts(data.first);
        for (let m = Math.ceil((p.year * 12 + p.m) / months) * months; ; m += months) {
          const day = Math.round(Date.UTC(Math.floor(m / 12), m % 12, 1) / 864e5);
          if (day >= data.end) break;
          if (day >= data.first) ticks.push([day, months >= 12 ? String(Math.floor(m / 12)) : CM.dayParts(day).month + " " + Math.floor(m / 12)]);
        }
      }
      let free = -Infinity;
      for (const tick of ticks) {
        const at = x(tick[0]);
        const half = tick[1].length * 3.2;
        if (at - half < free || at + half > w) continue;
        free = at + half + 8;
        svg("line", { x1: at, x2: at, y1: floor, y2: floor + 4, class: "cm-time-axis" }, root);
        svg("text", { x: Math.max(at, half), y: floor + 16, "text-anchor": "middle", class: "cm-time-text" }, root).textContent = tick[1];
      }
    }

    // Pointer: a new window, one of its ends, or all of it

    function begin(event, how) {
      if (!data || event.button > 0) return;
      const px = event.clientX - box.getBoundingClientRect().left;
      const now = shown();
      drag = { how: how, px: px, from: now.from, to: now.to, start: now, moved: false };
      if (how === "new") Object.assign(drag, { anchor: edge(px) });
      box.setPointerCapture(event.pointerId);
      event.preventDefault();
    }

    root.addEventListener("pointerdown", function (event) {
      if (!data) return;
      const px = event.clientX - box.getBoundingClientRect().left;
      const inside = period && px > x(shown().from) + 6 && px < x(shown().to + 1) - 6 && event.shiftKey;
      begin(event, inside ? "all" : "new");
    });
    handles.forEach((handle, i) => handle.addEventListener("pointerdown", (event) => begin(event, i ? "last" : "first")));

    box.addEventListener("pointermove", function (event) {
      const px = event.clientX - box.getBoundingClientRect().left;
      if (!drag) return hover(px);
      if (Math.abs(px - drag.px) > 3) drag.moved = true;
      if (!drag.moved) return;
      const at = edge(px);
      if (drag.how === "new") {
        drag.from = Math.min(drag.anchor, at);
        drag.to = Math.max(drag.anchor, at) - 1;
        if (drag.to < drag.from) drag.to = CM.stepEnd(drag.from, data.step) - 1;
      } else if (drag.how === "first") drag.from = Math.min(at, drag.start.to);
      else if (drag.how === "last") drag.to = Math.max(at - 1, drag.start.from);
      else {
        const by = edge(x(drag.start.from) + px - drag.px) - drag.start.from;
        drag.from = drag.start.from + by;
        drag.to = drag.start.to + by;
      }
      tell(px, CM.daysInWords(drag.from, drag.to));
      draw();
    });

    box.addEventListener("pointerup", function (event) {
      if (!drag) return;
      const done = drag;
      drag = null;
      tip.hidden = true;
      if (done.moved) return commit(done.from, done.to);
      if (done.how !== "new") return draw();
      const bar = barAt(event.clientX - box.getBoundingClientRect().left);
      if (bar) commit(bar.from, bar.to - 1);
      else draw();
    });
    box.addEventListener("pointercancel", function () {
      drag = null;
      tip.hidden = true;
      if (data) draw();
    });
    box.addEventListener("pointerleave", () => drag || (tip.hidden = true));

    function barAt(px) {
      const day = dayAt(px);
      return data.bars.find((bar) => day >= bar.from && day < bar.to) || null;
    }

    function hover(px) {
      const bar = data && barAt(px);
      if (!bar) return (tip.hidden = true);
      const kinds = ORDER.filter((q) => bar.quads[q]).map((q) => options.palette.quadLabels[q] + " " + bar.quads[q].toLocaleString("en"));
      tell(px, CM.daysInWords(bar.from, bar.to - 1) + ": " + kinds.join(" · "));
    }

    function tell(px, text) {
      tip.textContent = text;
      tip.hidden = false;
      const half = tip.offsetWidth / 2;
      tip.style.left = Math.max(half + 2, Math.min(width() - half - 2, px)) + "px";
    }

    function commit(from, to) {
      period = { from: from, to: to };
      draw();
      options.onPeriod(from, to);
    }

    // Keys on the two ends

    function keyed(event, last) {
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7, Home: -1e6, End: 1e6 }[event.key];
      if (!steps || !data) return;
      event.preventDefault();
      const now = shown();
      let from = now.from;
      let to = now.to;
      for (let i = 0; i < Math.abs(steps); i++) {
        if (last) {
          const end = steps > 0 ? CM.stepEnd(CM.stepStart(to + 1, data.step), data.step) : CM.stepStart(to, data.step);
          if (end > data.end || end <= from) break;
          to = end - 1;
        } else {
          const begin_ = steps > 0 ? CM.stepEnd(CM.stepStart(from, data.step), data.step) : CM.stepStart(from - 1, data.step);
          if (begin_ < data.first || begin_ > to) break;
          from = begin_;
        }
      }
      if (from === now.from && to === now.to) return;
      period = { from: from, to: to };
      draw();
      clearTimeout(keys);
      keys = setTimeout(() => options.onPeriod(from, to), KEYS_MS);
    }
    handles.forEach((handle, i) => handle.addEventListener("keydown", (event) => keyed(event, i === 1)));

    this.redraw = draw;
    new ResizeObserver(function () {
      size = null;
      self.redraw();
    }).observe(box);
  };
})();
