/* The charts under the map. A module: Streamlit calls it with what to show whenever that changes.
   Rows are buttons, so that a chart is read and used by key like any list. Text goes in as text only. */
const ORDER = ["4", "3", "2", "1", "0"];
const SVG = "http://www.w3.org/2000/svg";

function el(name, className, text, parent) {
  const node = document.createElement(name);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  if (parent) parent.appendChild(node);
  return node;
}

const count = (n) => n.toLocaleString("en");
const events = (n) => count(n) + (n === 1 ? " reported event" : " reported events");

/** A bar split by quad, as long as its share of the longest one. */
function bar(parent, row, most, quads) {
  const box = el("span", "bar", null, parent);
  const filled = el("span", "filled", null, box);
  filled.style.width = Math.max(1, (100 * row.count) / most) + "%";
  for (const quad of ORDER) {
    if (!row.quads[quad]) continue;
    const piece = el("span", "piece", null, filled);
    piece.style.flexGrow = row.quads[quad];
    piece.style.background = quads.colours[quad];
  }
}

/** Bars of one type over time, on the scale that all types share. */
function spark(parent, row, steps, most, colour) {
  const node = document.createElementNS(SVG, "svg");
  node.setAttribute("class", "spark");
  node.setAttribute("viewBox", "0 0 " + steps + " 24");
  node.setAttribute("preserveAspectRatio", "none");
  node.setAttribute("aria-hidden", "true");
  for (const [at, n] of row.steps) {
    const rect = document.createElementNS(SVG, "rect");
    const high = Math.max(1.5, (23 * n) / most);
    const attributes = { x: at + 0.05, y: 24 - high, width: 0.9, height: high, fill: colour };
    for (const key in attributes) rect.setAttribute(key, attributes[key]);
    node.appendChild(rect);
  }
  parent.appendChild(node);
}

function spoken(row, quads) {
  return ORDER.filter((q) => row.quads[q]).map((q) => quads.labels[q].toLowerCase() + " " + count(row.quads[q])).join(", ");
}

function figure(parent, heading, testId) {
  const box = el("section", "figure", null, parent);
  box.setAttribute("data-testid", testId);
  el("h3", "", heading, box);
  return box;
}

function button(parent, className, label, pressed, run) {
  const node = el("button", className, null, parent);
  node.type = "button";
  node.setAttribute("aria-label", label);
  node.setAttribute("aria-pressed", String(pressed));
  node.addEventListener("click", run);
  return node;
}

function day(iso) {
  return new Date(iso + "T00:00:00Z").toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

function draw(root, answer, told, choose) {
  root.replaceChildren();
  const quads = told.quads;
  const chosen = told.chosen;
  const words = told.words;

  const types = figure(root, words.types, "chart-types");
  if (!answer.types.rows.length) el("p", "note", words.none, types);
  const most = Math.max(1, ...answer.types.rows.flatMap((row) => row.steps.map((step) => step[1])));
  for (const row of answer.types.rows) {
    const label = row.name + ": " + events(row.count) + ", " + words.only;
    const line = button(types, "row types", label, chosen.types.includes(row.id), () => choose({ kind: "type", id: row.id }));
    const name = el("span", "name", null, line);
    el("i", "dot", null, name).style.background = quads.colours[row.quad];
    el("span", "", row.name, name);
    spark(line, row, answer.types.days.length, most, quads.colours[row.quad]);
    el("span", "count", count(row.count), line);
  }
  const days = answer.types.days;
  if (days.length > 1) {
    const more = answer.types.more ? ", " + words.moreTypes.replace("{}", count(answer.types.more)) : "";
    el("p", "note", day(days[0]) + " – " + day(days[days.length - 1]) + ", " + words.by[answer.types.step] + more, types);
  }

  const pairs = figure(root, words.pairs, "chart-pairs");
  if (!answer.pairs.rows.length) el("p", "note", words.noPairs, pairs);
  const mostPairs = Math.max(1, ...answer.pairs.rows.map((row) => row.count));
  for (const row of answer.pairs.rows) {
    const line = el("div", "row pair", null, pairs);
    const names = el("span", "name", null, line);
    const is = (role, name) => chosen.role === role && chosen.actors.includes(name);
    button(names, "actor", words.acting.replace("{}", () => row.source), is("source", row.source), () =>
      choose({ kind: "actor", role: "source", id: row.source }),
    ).textContent = row.source;
    el("span", "arrow", " → ", names).setAttribute("aria-hidden", "true");
    button(names, "actor", words.actedUpon.replace("{}", () => row.target), is("target", row.target), () =>
      choose({ kind: "actor", role: "target", id: row.target }),
    ).textContent = row.target;
    const both = words.pair.replace("{}", () => row.source).replace("{}", () => row.target);
    const label = both + ": " + events(row.count) + " (" + spoken(row, quads) + "), " + words.only;
    const pressed = chosen.pair[0] === row.source && chosen.pair[1] === row.target;
    const whole = button(line, "both", label, pressed, () => choose({ kind: "pair", id: row.source, whom: row.target }));
    whole.title = both + ": " + spoken(row, quads);
    bar(whole, row, mostPairs, quads);
    el("span", "count", count(row.count), whole);
  }

  const regions = figure(root, words.regions, "chart-regions");
  if (!answer.regions.rows.length) el("p", "note", words.none, regions);
  const mostRegions = Math.max(1, ...answer.regions.rows.map((row) => row.count));
  for (const row of answer.regions.rows) {
    const label = row.name + ": " + events(row.count) + " (" + spoken(row, quads) + "), " + words.only;
    const line = button(regions, "row region", label, chosen.regions.includes(row.id), () => choose({ kind: "region", id: row.id }));
    line.title = spoken(row, quads);
    el("span", "name", row.name, line);
    bar(line, row, mostRegions, quads);
    el("span", "count", count(row.count), line);
  }
  if (answer.regions.more) el("p", "note", words.moreRegions.replace("{}", count(answer.regions.more)), regions);
}

function load(state) {
  const wanted = state.told.query + "#" + state.told.version;
  if (state.asked === wanted) {
    if (state.answer) draw(state.root, state.answer, state.told, state.choose);
    return;
  }
  state.asked = wanted;
  if (state.abort) state.abort.abort();
  state.abort = new AbortController();
  state.root.setAttribute("aria-busy", "true");
  fetch("api/charts?" + state.told.query, { signal: state.abort.signal, credentials: "same-origin" })
    .then(function (response) {
      if (!response.ok) throw new Error("status " + response.status);
      return response.json();
    })
    .then(
      function (answer) {
        if (state.asked !== wanted) return;
        state.answer = answer;
        state.root.removeAttribute("aria-busy");
        draw(state.root, answer, state.told, state.choose);
      },
      function (error) {
        if (error.name === "AbortError" || state.asked !== wanted) return;
        state.asked = "";
        state.answer = null;
        state.root.removeAttribute("aria-busy");
        state.root.replaceChildren();
        el("p", "note", state.told.words.failed + " ", state.root);
        const again = el("button", "again", state.told.words.retry, state.root);
        again.type = "button";
        again.addEventListener("click", () => load(state));
      },
    );
}

export default function (component) {
  const root = component.parentElement.querySelector(".charts");
  const state = (root.conflictmap = root.conflictmap || { root: root, seen: false });
  state.told = component.data;
  let number = Date.now();
  // The number makes a second click on the same row a new message.
  state.choose = (what) => component.setTriggerValue("chosen", { ...what, n: (number += 1) });
  if (state.seen) return load(state);
  if (state.watch) return;
  // Nothing is asked for before somebody comes near: the map is what people wait for.
  state.watch = new IntersectionObserver(
    function (entries) {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      state.watch.disconnect();
      state.seen = true;
      load(state);
    },
    { rootMargin: "300px" },
  );
  state.watch.observe(root);
}
