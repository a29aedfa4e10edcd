/* The keyboard: one letter or arrow does what a click would. Never while somebody types, chooses
   in a list or reads a dialog, and never together with Ctrl, Alt or Meta. */

const ACTIONS = {
  j: 'next', k: 'previous', ArrowDown: 'next', ArrowUp: 'previous', '?': 'help', u: 'undo', U: 'redo', Escape: 'escape',
};
// Where letters are text, and where arrows have a meaning of their own.
const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="combobox"], [role="listbox"]';
const MOVING = '[role="menu"], [role="slider"], [role="spinbutton"], [role="radiogroup"], [role="tablist"], [role="grid"]';
const OPEN = '[role="dialog"], [data-baseweb="popover"], [data-testid="stPopoverBody"]';

let current = { send: () => {}, shown: '' };

function deepest() {
  let node = document.activeElement;
  while (node && node.shadowRoot && node.shadowRoot.activeElement) node = node.shadowRoot.activeElement;
  return node;
}

function isTaken(target, key) {
  const node = target && target.closest ? target : deepest();
  if (!node || !node.closest) return false;
  if (key.startsWith('Arrow') && node.closest(MOVING)) return true;
  return !node.matches('input[type="checkbox"], input[type="radio"]') && Boolean(node.closest(TYPING));
}

function drawer() {
  return document.querySelector('[data-testid="stExpandSidebarButton"]'); // null while the filters are there
}

function openFilters(event) {
  const asked = event.target.closest && event.target.closest('.cm-open-filters');
  if (asked && drawer()) drawer().click();
}

/* Streamlit tells of a lost connection in words for those who run a server; these are for those who look at a map. */
const LOST_DIALOG = 'Connection error';
const lost = new MutationObserver(() => {
  for (const dialog of document.querySelectorAll('[data-testid="stDialog"] [role="dialog"]')) {
    const title = dialog.querySelector('h2');
    if (!title || title.textContent !== LOST_DIALOG) continue;
    const said = title.nextElementSibling;
    [title.textContent, (said.firstElementChild || said).textContent] = current.lost;
  }
});

function toSearch() {
  const field = () => document.querySelector('.st-key-filter-text input');
  const opener = drawer();
  const seen = field() && field().getBoundingClientRect();
  if (opener && (!seen || seen.right <= 0 || seen.width === 0)) opener.click(); // the drawer is shut
  let tries = 0;
  const look = () => {
    const found = field();
    if (found) { found.focus(); found.select(); }
    if ((!found || document.activeElement !== found) && tries++ < 30) requestAnimationFrame(look);
  };
  look();
}

function pressed(event, inMap) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (isTaken(event.target, event.key)) return;
  if (inMap && event.key.startsWith('Arrow')) return; // there they move the map
  if (inMap && event.key === 'Escape') return; // there it ends a drawing
  const open = document.querySelector(OPEN);
  if (open && open.getClientRects().length) return; // has an Escape of its own
  if (event.key === '/') {
    event.preventDefault();
    toSearch();
    return;
  }
  const action = ACTIONS[event.key];
  if (!action) return;
  if (action !== 'escape') event.preventDefault();
  current.send('pressed', action);
}

const onPage = (event) => pressed(event, false);
const onMap = (event) => pressed(event, true);

function listenInMap() {
  const frame = document.querySelector('.st-key-map-frame iframe');
  const inner = frame && frame.contentDocument;
  if (inner && !inner.conflictmapKeys) {
    inner.conflictmapKeys = true;
    inner.addEventListener('keydown', onMap);
  }
}

function lookAt(id) {
  if (!id || id === current.shown) return;
  current.shown = id;
  const safe = CSS.escape(id);
  let tries = 0;
  const look = () => {
    const found = document.querySelector(`.st-key-cards [data-event="${safe}"], .cm-table [data-event="${safe}"]`);
    if (found) found.scrollIntoView({ block: 'nearest' });
    else if (tries++ < 30) requestAnimationFrame(look);
  };
  look();
}

/* On a phone the list lies under the map, where nobody sees what a click on it has brought. */
function lookAtPicked(picked) {
  const isNew = picked !== current.picked;
  current.picked = picked;
  if (!picked || !isNew) return;
  let tries = 0;
  const look = () => {
    const head = document.querySelector('.st-key-picked');
    if (head) {
      const place = head.getBoundingClientRect();
      if (place.top < 0 || place.bottom > innerHeight) head.scrollIntoView({ block: 'center' });
    } else if (tries++ < 30) requestAnimationFrame(look);
  };
  look();
}

export function show({ data, setTriggerValue }) {
  if (data.cookie && data.cookie !== current.cookie) {
    document.cookie = data.cookie;
    current.cookie = data.cookie;
  }
  current.send = setTriggerValue;
  document.removeEventListener('keydown', onPage);
  document.addEventListener('keydown', onPage);
  document.addEventListener('click', openFilters);
  document.body.classList.add('cm-scripted'); // the button is shown once it does something
  for (const [key, words] of Object.entries(data.hints)) {
    const button = document.querySelector(`.st-key-${key} button`);
    if (button) button.title = words;
  }
  current.lost = data.lost;
  lost.observe(document.body, { childList: true });
  const frame = document.querySelector('.st-key-map-frame iframe');
  if (frame) {
    frame.removeEventListener('load', listenInMap);
    frame.addEventListener('load', listenInMap);
    listenInMap();
  }
  if (data.follow) lookAt(data.selected);
  current.shown = data.selected;
  lookAtPicked(data.picked);
  return () => document.removeEventListener('keydown', onPage);
}
