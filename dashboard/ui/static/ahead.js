/* The map is asked as soon as a filter is clicked, before the page was run: what the click makes of the view is
   known here too. The page's word counts all the same: what it says after its run is what the map then shows. */

let told = { query: '', order: [], exact: {}, types: {}, typeOrder: [], presets: [], roles: [] };
const DAYS = ['from', 'to'];

function map() {
  const frame = document.querySelector('.st-key-map-frame iframe');
  try {
    return (frame && frame.contentWindow.ConflictMap && frame.contentWindow.ConflictMap._live) || null;
  } catch {
    return null; // another origin
  }
}

// As `geodata.view_url` writes values, letter for letter: the same query is then not asked twice.
const quoted = (value) =>
  encodeURIComponent(value)
    .replace(/[!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+')
    .replace(/%(3A|2C|2F)/g, decodeURIComponent);
const plain = (raw) => decodeURIComponent(raw.replace(/\+/g, ' '));
const pairs = (query) => query.split('&').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);

/** The values of a key. */
export function valuesOf(query, key) {
  return pairs(query).filter(([name]) => name === key).map(([, raw]) => plain(raw));
}

/** The query with other values of a key, which then stand in the one order that queries have. */
export function withValues(query, key, values, order = told.order) {
  const place = new Map(order.map((name, n) => [name, n]));
  return pairs(query)
    .filter(([name]) => name !== key)
    .concat(values.filter(Boolean).map((value) => [key, quoted(value)]))
    .map((pair, n) => [place.get(pair[0]), n, pair])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .map(([, , pair]) => pair.join('='))
    .join('&');
}

function ask(change, bounds) {
  const live = map();
  if (!live || live.query === null || !told.order.length) return;
  const query = change(live.query);
  if (query !== live.query) live.foresee(query, bounds || null);
}

function withPeriod(query, from, to) {
  return withValues(withValues(query, 'from', [from]), 'to', [to]);
}

/** The name of the widget around a node that a table knows. */
function widget(node, table) {
  for (let at = node.closest('[class*="st-key-"]'); at; at = at.parentElement && at.parentElement.closest('[class*="st-key-"]')) {
    for (const name of at.classList) {
      const key = name.startsWith('st-key-') ? name.slice(7) : '';
      if (key && Object.hasOwn(table, key)) return key;
    }
  }
  return '';
}

let ticked = { key: '', at: 0 };

/** A box was ticked or unticked. Some browsers tell of a click on its label and then of one on itself. */
function tick(box, at) {
  const key = widget(box, told.types);
  if (!key || (ticked.key === key && at - ticked.at < 60)) return;
  ticked = { key, at };
  ask((query) => {
    const chosen = new Set(valuesOf(query, 'type'));
    const off = told.types[key].every((kind) => chosen.has(kind));
    for (const kind of told.types[key]) if (off) chosen.delete(kind); else chosen.add(kind);
    return withValues(query, 'type', told.typeOrder.filter((kind) => chosen.has(kind)));
  });
}

function pressed(button) {
  const key = widget(button, { 'filter-preset': 1, 'filter-role': 1, ...told.exact });
  const number = () => [...button.parentElement.children].indexOf(button);
  if (key === 'filter-preset') {
    const [from, to] = told.presets[number()] || ['', ''];
    ask((query) => {
      const again = String(valuesOf(query, 'from')) === from && String(valuesOf(query, 'to')) === to;
      return again ? withPeriod(query, '', '') : withPeriod(query, from, to);
    });
  } else if (key === 'filter-role') {
    ask((query) => withValues(query, 'role', [told.roles[number()] || '']));
  } else if (key && map() && map().query === told.query) {
    ask(() => told.exact[key]);
  }
}

/** The day that stands in a field: '' for none, null while it is being typed. */
function day(name) {
  const parts = ['year', 'month', 'day'].map((part) => document.querySelector(`.st-key-filter-${name} [data-type="${part}"]`));
  if (parts.some((part) => !part)) return null;
  const numbers = parts.map((part) => Number(part.getAttribute('aria-valuenow')) || 0);
  if (numbers.every((number) => number === 0)) return '';
  if (numbers[0] < 1900 || numbers.some((number) => number === 0)) return null;
  return numbers.map((number, n) => String(number).padStart(n ? 2 : 4, '0')).join('-');
}

function dated() {
  let [from, to] = DAYS.map(day);
  if (from === null || to === null) return;
  if (from && to && from > to) [from, to] = [to, from];
  ask((query) => withPeriod(query, from, to));
}

const inDays = (node) => Boolean(node && node.closest && node.closest('.st-key-filter-from, .st-key-filter-to'));

function listen() {
  document.addEventListener('click', (event) => {
    const at = event.target instanceof Element ? event.target : null;
    if (!at) return;
    if (at.closest('[data-testid="stCheckbox"] label')) tick(at, event.timeStamp);
    else if (at.closest('button')) pressed(at.closest('button'));
    if (at.closest('[data-testid="stDateInputCalendar"] [role="gridcell"]')) setTimeout(dated, 0);
  }, true);
  document.addEventListener('focusout', (event) => {
    if (!inDays(event.target) || inDays(event.relatedTarget)) return;
    dated(); // what the page makes of the field that was left takes its time: the question is on its way meanwhile
    setTimeout(dated, 0);
  }, true);
  // A picker says what was chosen in it (see picker.js).
  document.addEventListener('conflictmap-choice', ({ detail: { key, value, add, boxes } }) => {
    const bounds = boxes.length && boxes.every(Boolean)
      ? [0, 1, 2, 3].map((n) => (n < 2 ? Math.min : Math.max)(...boxes.map((box) => box[n])))
      : null;
    ask((query) => {
      const others = valuesOf(query, key).filter((one) => one !== value);
      return withValues(query, key, (add ? [...others, value] : others).sort());
    }, bounds && [bounds.slice(0, 2), bounds.slice(2)]);
  });
}

let listens = false;

export function show({ data }) {
  told = data;
  if (!listens) listen();
  listens = true;
}
