/* The events of a page as a table: a heading sorts, a row selects. Everything is put in as text.
   On a phone the style sheet lays each row out as lines; the roles keep it a table for those who hear it. */

function make(tag, attributes = {}, text = '') {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}

function heading(column, order, send) {
  const cell = make('th', { role: 'columnheader', scope: 'col', class: column.figures ? 'cm-figures' : '' });
  if (!column.sort) {
    cell.textContent = column.label;
    return cell;
  }
  const name = order.replace('-', '');
  const down = order.startsWith('-');
  const sorted = name === column.sort;
  if (sorted) cell.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  const button = make('button', { type: 'button', 'data-sort': column.sort }, column.label);
  button.append(make('span', { 'aria-hidden': 'true', class: 'cm-arrow-sort' }, sorted ? (down ? '↓' : '↑') : ''));
  const first = column.down ? `-${column.sort}` : column.sort;
  const turned = down ? column.sort : `-${column.sort}`;
  button.addEventListener('click', () => send('sort', sorted ? turned : first));
  cell.append(button);
  return cell;
}

function row(event, columns, data, send) {
  const line = make('tr', { role: 'row', 'data-event': event.id, 'data-testid': 'event-row' });
  if (event.id === data.selected) {
    line.setAttribute('aria-current', 'true');
    line.className = 'cm-selected';
  }
  columns.forEach((column, n) => {
    const text = event[column.id] || '';
    const cell = make('td', { role: 'cell', class: `cm-col-${column.id}${column.figures ? ' cm-figures' : ''}` });
    if (text && column.figures) cell.dataset.label = column.label;
    if (n === 0) {
      const button = make('button', { type: 'button', 'aria-label': `${data.show} ${text}, ${event.type}` }, text);
      button.addEventListener('click', (click) => { click.stopPropagation(); send('select', event.id); });
      cell.append(button);
    } else if (column.id === 'type') {
      const square = make('i', { 'aria-hidden': 'true' });
      square.style.background = event.colour;
      cell.append(square, text);
    } else cell.textContent = text;
    line.append(cell);
  });
  line.addEventListener('click', () => { if (!String(window.getSelection())) send('select', event.id); });
  return line;
}

export function show({ parentElement, data, setTriggerValue }) {
  let root = parentElement.querySelector('.cm-table-box');
  if (!root) {
    root = make('div', { class: 'cm-table-box', tabindex: '0', role: 'region', 'aria-label': data.label });
    parentElement.append(root);
  }
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  const again = focused && (focused.dataset.sort ? `[data-sort="${focused.dataset.sort}"]`
    : focused.closest('tr') && `tr[data-event="${CSS.escape(focused.closest('tr').dataset.event || '')}"] button`);
  const table = make('table', { role: 'table', class: 'cm-table', 'data-testid': 'event-table' });
  table.append(make('caption', { class: 'cm-unseen' }, data.label));
  const head = make('thead', { role: 'rowgroup' });
  const line = make('tr', { role: 'row' });
  line.append(...data.columns.map((column) => heading(column, data.order, setTriggerValue)));
  head.append(line);
  const body = make('tbody', { role: 'rowgroup' });
  body.append(...data.rows.map((event) => row(event, data.columns, data, setTriggerValue)));
  table.append(head, body);
  root.replaceChildren(table);
  const back = again && root.querySelector(again);
  if (back) back.focus({ preventScroll: true });
}
