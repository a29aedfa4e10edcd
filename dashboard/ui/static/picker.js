/* A field to choose names in: type, and the server offers what there is, with counts. An ARIA
   combobox with a list; what is chosen stands above the field as buttons that take it off.
   Everything is put in as text, never as markup: names come from articles. */

const WAIT_MS = 120; // between the last letter and the question
const kept = new Map(); // answers by address, which names the store's version
const MOST_KEPT = 200;

function make(tag, attributes = {}, text = '') {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}

class Picker {
  constructor(root, id) {
    this.id = id;
    this.offers = [];
    this.active = -1;
    this.asked = 0;
    this.label = make('label', { for: `${id}-input`, class: 'cm-picker-label' });
    this.tokens = make('ul', { class: 'cm-tokens' });
    this.input = make('input', {
      id: `${id}-input`, type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false',
      maxlength: '200', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': `${id}-list`,
    });
    // Not a stop of the tab key, as lists that scroll are: leaving the field shuts it, and the focus would be lost.
    this.list = make('ul', { id: `${id}-list`, role: 'listbox', class: 'cm-offers', tabindex: '-1', hidden: '' });
    this.status = make('span', { role: 'status', class: 'cm-unseen' });
    const field = make('div', { class: 'cm-picker-field' });
    field.append(this.input, this.list);
    root.append(this.label, this.tokens, field, this.status);
    this.input.addEventListener('input', () => this.soon());
    this.input.addEventListener('focus', () => this.soon(0));
    this.input.addEventListener('click', () => this.list.hidden && this.soon(0));
    this.input.addEventListener('blur', () => this.close());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.list.addEventListener('mousedown', (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener('click', (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.choose(Number(option.dataset.n));
    });
  }

  show(told, send) {
    const same = this.told && this.told.query === told.query && this.told.version === told.version;
    this.told = told;
    this.send = send;
    this.label.textContent = told.label;
    this.input.placeholder = told.placeholder;
    this.list.setAttribute('aria-label', told.label);
    this.tokens.replaceChildren(...told.chosen.map((one) => {
      const button = make('button', { type: 'button', 'aria-label': `${told.remove} ${one.label}` });
      button.append(make('span', {}, one.label), make('span', { 'aria-hidden': 'true', class: 'cm-times' }, '×'));
      button.addEventListener('click', () => { this.input.focus({ preventScroll: true }); this.tell('remove', one); });
      const item = make('li');
      item.append(button);
      return item;
    }));
    this.tokens.hidden = told.chosen.length === 0;
    if (!same && !this.list.hidden) this.soon(0);
    else this.paint();
  }

  soon(wait = WAIT_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    if (document.activeElement !== this.input) return;
    const number = ++this.asked;
    const words = this.input.value.trim();
    const query = new URLSearchParams(this.told.query);
    query.set('by', this.told.by);
    query.set('words', words);
    query.set('version', this.told.version);
    const url = new URL(`api/names?${query}`, document.baseURI).href;
    let said = '';
    try {
      if (!kept.has(url)) {
        const answer = await fetch(url);
        if (!answer.ok) throw new Error(String(answer.status));
        kept.set(url, (await answer.json()).offers);
        if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
      }
    } catch {
      said = this.told.failed;
    }
    if (number !== this.asked || document.activeElement !== this.input) return; // superseded
    this.offers = kept.get(url) || [];
    this.said = said || (this.offers.length ? '' : this.told.nothing);
    this.active = words && this.offers.length ? 0 : -1;
    this.open();
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.paint();
    this.status.textContent = this.said || `${this.offers.length} ${this.told.offered}`;
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  paint() {
    if (this.list.hidden) return;
    const chosen = new Set(this.told.chosen.map((one) => one.value));
    const options = this.offers.map((offer, n) => {
      const option = make('li', { role: 'option', id: `${this.id}-${n}`, 'data-n': n, 'aria-selected': chosen.has(offer.value) });
      if (n === this.active) option.className = 'cm-active';
      const name = make('span', { class: 'cm-offer-name' }, offer.label);
      if (offer.note) name.append(' ', make('small', {}, offer.note));
      option.append(name, make('span', { class: 'cm-count' }, offer.count.toLocaleString('en')));
      return option;
    });
    if (this.said) options.push(make('li', { role: 'option', 'aria-disabled': 'true', class: 'cm-said' }, this.said));
    this.list.replaceChildren(...options);
    const active = options[this.active];
    if (active) {
      this.input.setAttribute('aria-activedescendant', active.id);
      active.scrollIntoView({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }

  key(event) {
    const count = this.offers.length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.list.hidden) { this.soon(0); return; }
      if (!count) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.active = this.active < 0 ? (step > 0 ? 0 : count - 1) : (this.active + step + count) % count;
      this.paint();
    } else if (event.key === 'Enter') {
      if (!this.list.hidden && this.active >= 0) this.choose(this.active);
      event.preventDefault();
    } else if (event.key === 'Escape') {
      if (!this.list.hidden) { event.stopPropagation(); this.close(); } else this.input.value = '';
    } else if (event.key === 'Backspace' && !this.input.value && this.told.chosen.length) {
      this.tell('remove', this.told.chosen[this.told.chosen.length - 1]);
    }
  }

  choose(n) {
    const offer = this.offers[n];
    if (!offer) return;
    const chosen = this.told.chosen.some((one) => one.value === offer.value);
    this.input.value = '';
    this.close();
    this.tell(chosen ? 'remove' : 'add', offer);
  }

  /** Tell the map at once (see ahead.js), then the page. */
  tell(what, one) {
    const others = this.told.chosen.filter((other) => other.value !== one.value);
    const left = what === 'add' ? [...others, one] : others;
    const detail = { key: this.told.key, value: one.value, add: what === 'add', boxes: left.map((each) => each.box) };
    document.dispatchEvent(new CustomEvent('conflictmap-choice', { detail }));
    this.send(what, one.value);
  }
}

const made = new WeakMap();

export function show({ parentElement, data, setTriggerValue }) {
  let picker = made.get(parentElement);
  if (!picker) {
    const root = make('div', { class: 'cm-picker' });
    parentElement.append(root);
    picker = new Picker(root, data.id);
    made.set(parentElement, picker);
  }
  picker.show(data, setTriggerValue);
}
