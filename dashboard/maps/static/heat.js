/* The heat layer: every event is spread over a circle, and what adds up is coloured. One canvas, our own. */
(function () {
  "use strict";
  const CM = (window.ConflictMap = window.ConflictMap || {});

  const GRAIN = 4; // px: the density is worked out for squares of this size and then smoothed
  const RADIUS = 30; // px over which an event is spread

  /** Weights of one event around its own square: Epanechnikov's kernel, whose sum is 1. */
  function kernel() {
    const r = Math.ceil(RADIUS / GRAIN);
    const side = 2 * r + 1;
    const weights = new Float32Array(side * side);
    let sum = 0;
    for (let y = -r; y <= r; y++) {
      for (let x = -r; x <= r; x++) {
        const d = (x * x + y * y) * (GRAIN / RADIUS) * (GRAIN / RADIUS);
        const w = Math.max(0, 1 - d);
        weights[(y + r) * side + x + r] = w;
        sum += w;
      }
    }
    for (let i = 0; i < weights.length; i++) weights[i] /= sum;
    return { r: r, side: side, weights: weights };
  }

  function channels(hex) {
    const value = parseInt(hex.slice(1), 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  }

  /** 256 colours along a ramp, transparent at its beginning. */
  CM.rampColours = function (ramp) {
    const stops = ramp.map(channels);
    const made = new Uint8ClampedArray(256 * 4);
    for (let i = 0; i < 256; i++) {
      const at = (i / 255) * (stops.length - 1);
      const low = Math.min(stops.length - 2, Math.floor(at));
      for (let c = 0; c < 3; c++) made[4 * i + c] = stops[low][c] + (stops[low + 1][c] - stops[low][c]) * (at - low);
      made[4 * i + 3] = Math.min(235, 20 + 330 * (i / 255));
    }
    return made;
  };

  const Heat = CM.Canvas.extend({
    options: { padding: 0.15, pane: "regions" },

    initialize: function (options) {
      L.Canvas.prototype.initialize.call(this, options);
      this._rows = [];
      this._kernel = kernel();
    },

    onAdd: function () {
      L.Canvas.prototype.onAdd.call(this);
      this._container.classList.add("cm-heat");
    },

    /** data: {rows: [[lat, lon, count]], areas}. */
    setData: function (data) {
      this._rows = data.rows.map((row) => {
        const p = CM.project(row[1], row[0]);
        return [p[0], p[1], row[2]];
      });
      if (this._map) this._soon();
    },

    setRamp: function (ramp) {
      this._colours = CM.rampColours(ramp);
      if (this._map) this._soon();
    },

    /** At once: the legend tells of what is drawn. */
    _soon: function () {
      if (this._bounds) this._draw();
    },

    _draw: function () {
      const ctx = this._ctx;
      const box = this._bounds;
      if (!ctx || !box || !this._colours) return;
      const wide = Math.ceil((box.max.x - box.min.x) / GRAIN);
      const high = Math.ceil((box.max.y - box.min.y) / GRAIN);
      const density = this._density(wide, high);
      let most = 0;
      for (let i = 0; i < density.length; i++) if (density[i] > most) most = density[i];
      this.peak = this._peak(most);
      ctx.clearRect(box.min.x, box.min.y, box.max.x - box.min.x, box.max.y - box.min.y);
      if (!most) return;
      const image = new ImageData(wide, high);
      const colours = this._colours;
      for (let i = 0; i < density.length; i++) {
        if (density[i] <= 0) continue;
        // The root keeps lonely events visible beside a place with thousands.
        const shade = Math.round(255 * Math.sqrt(density[i] / most));
        if (shade < 4) continue;
        for (let c = 0; c < 4; c++) image.data[4 * i + c] = colours[4 * shade + c];
      }
      const small = document.createElement("canvas");
      small.width = wide;
      small.height = high;
      small.getContext("2d").putImageData(image, 0, 0);
      ctx.imageSmoothingEnabled = true;
      ctx.imageSmoothingQuality = "high";
      ctx.drawImage(small, box.min.x, box.min.y, wide * GRAIN, high * GRAIN);
    },

    _density: function (wide, high) {
      const scale = 256 * Math.pow(2, this._map.getZoom());
      const origin = this._map.getPixelOrigin();
      const box = this._bounds;
      const made = new Float32Array(wide * high);
      const k = this._kernel;
      for (let copy = -1; copy <= 1; copy++) {
        for (const row of this._rows) {
          const x = Math.floor(((row[0] + copy) * scale - origin.x - box.min.x) / GRAIN);
          const y = Math.floor((row[1] * scale - origin.y - box.min.y) / GRAIN);
          if (x < -k.r || y < -k.r || x >= wide + k.r || y >= high + k.r) continue;
          for (let j = Math.max(-k.r, -y); j <= k.r && y + j < high; j++) {
            const line = (y + j) * wide + x;
            const from = (j + k.r) * k.side + k.r;
            for (let i = Math.max(-k.r, -x); i <= k.r && x + i < wide; i++) made[line + i] += row[2] * k.weights[from + i];
          }
        }
      }
      return made;
    },

    /** The densest spot in words: events within the radius, if all of it were as dense; and that radius in km. */
    _peak: function (most) {
      const map = this._map;
      const middle = map.getSize().divideBy(2);
      const km = map.distance(map.containerPointToLatLng(middle), map.containerPointToLatLng(middle.add([RADIUS, 0]))) / 1000;
      return { count: most * Math.PI * Math.pow(RADIUS / GRAIN, 2), km: km };
    },
  });

  CM.heat = function () {
    return new Heat();
  };

  /** A number as exactly as a glance needs it. */
  CM.aboutNumber = function (value) {
    if (value < 1) return "1";
    if (value < 20) return String(Math.round(value));
    const step = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    return (Math.round(value / step) * step).toLocaleString("en");
  };
})();
