/* All words of the map and the timeline that stand in no other file, to be translated in one place.
   Sentence case; a function where a number or a name goes in. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});
  const n = (value) => value.toLocaleString("en");

  CM.words = {
    layers: { events: "Events", heat: "Heat", regions: "By region" },
    layersLabel: "What the map shows",
    heat: {
      title: "Density of reported events",
      few: "fewer",
      many: "more",
      peak: (count, km) => "Densest: about " + count + " within " + km + " km",
      none: "No event with a known point here",
      areas: (count) => n(count) + " known only by area, not in the heat",
    },
    regions: {
      counts: "Count",
      rates: "Per 1,000 km²",
      title: (level, rate) => "Reported events by " + level + (rate ? ", per 1,000 km²" : ""),
      levels: { units: "province", countries: "country" },
      range: (from, to) => (from === to ? from : from + " – " + to),
      over: (from) => from + " and more",
      nothing: "no reported event",
      only: (count) => n(count) + " known only to the country",
      rate: (value) => value + " per 1,000 km²",
      click: "Click to see only this region",
      clickAgain: "Click to see other regions too",
    },
    load: {
      busy: "Loading events",
      failed: "The events could not be loaded.",
      base: "The base map could not be loaded.",
      retry: "Try again",
      tiles: "The online map could not be loaded: this is the built-in one.",
    },
    draw: {
      box: "Draw a rectangle to see only what lies in it",
      polygon: "Draw an outline to see only what lies in it",
      clear: "Remove the drawn shape",
      boxHint: "Drag from one corner to the other. Escape ends it.",
      polygonHint: "Click for each corner; click the first one or double-click to finish. Escape ends it.",
    },
    bases: "Base map",
    ownBase: "Built-in",
    time: {
      label: "Timeline",
      first: "First day of the period",
      last: "Last day of the period",
      hint: "Drag over the bars to choose a period",
      whole: "All dates",
      by: (step) => "Events by " + step,
      none: "No dated event in this view",
      failed: "The timeline could not be loaded.",
      play: "Play",
      pause: "Pause",
      back: "One step back",
      forward: "One step on",
      stop: "Stop and show the whole period",
      window: "Window",
      windows: { day: "1 day", week: "1 week", month: "1 month" },
      speed: "Speed",
      speeds: { slow: "Slow", normal: "Normal", fast: "Fast" },
      cumulative: "Add up",
      cumulativeHint: "Keep what was shown before",
      of: (number, all) => number + " of " + all,
      end: "End of the period",
    },
  };

  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  /** Days are numbers: whole days since 1970, UTC. */
  CM.dayNumber = (iso) => Math.round(Date.parse(iso + "T00:00:00Z") / 864e5);
  CM.isoDay = (day) => new Date(day * 864e5).toISOString().slice(0, 10);

  CM.dayParts = function (day) {
    const date = new Date(day * 864e5);
    return { day: date.getUTCDate(), month: MONTHS[date.getUTCMonth()], year: date.getUTCFullYear(), m: date.getUTCMonth() };
  };

  /** "16–17 Oct 2017", as short as it can be said. */
  CM.daysInWords = function (from, to) {
    const a = CM.dayParts(from);
    const b = CM.dayParts(to);
    const end = b.day + " " + b.month + " " + b.year;
    if (from === to) return end;
    if (a.year !== b.year) return a.day + " " + a.month + " " + a.year + " – " + end;
    return a.month === b.month ? a.day + "–" + end : a.day + " " + a.month + " – " + end;
  };
})();
