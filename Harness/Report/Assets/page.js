const tables = all('table.cases');
const tableOf = state => tables.find(table =>
  table.closest('[data-workload]').dataset.workload === state.w && table.closest('[data-clients]').dataset.clients === state.c);

function showChoices(state) {
  for (const control of all('[data-state]')) {
    if (control !== document.activeElement || control.tagName === 'SELECT') control.value = state[control.dataset.state];
  }
  const families = listOf(state.f);
  for (const chip of all('.chip')) chip.setAttribute('aria-pressed', families.includes(chip.dataset.family));
}

function showSections(state) {
  for (const section of all('[data-workload]')) section.hidden = section.dataset.workload !== state.w;
  for (const part of all('section[data-clients], .plot[data-clients], .times[data-clients]')) {
    part.hidden = Boolean(part.dataset.clients) && part.dataset.clients !== state.c;
  }
  for (const plot of all('.plot')) plot.classList.toggle('chosen', state.m !== initial.m && plot.dataset.metric === state.m);
}

// Without a script these buttons could do nothing.
function addButtons(row) {
  const button = (name, label) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = name;
    made.setAttribute('aria-label', `${label} ${row.dataset.model}`);
    return made;
  };
  const unfold = button('unfold', 'Details of');
  unfold.setAttribute('aria-controls', one('.more', row).id);
  one('th', row).prepend(button('pin', 'Pin'), ' ', unfold, ' ');
}

function showRows(state, visible) {
  const open = listOf(state.open);
  const pins = listOf(state.pin);
  for (const row of all('tbody[data-model], .heat tr[data-model]')) row.hidden = !visible.has(row.dataset.model);
  for (const row of all('tbody[data-model]')) {
    const unfolded = open.includes(row.id);
    one('.more', row).classList.toggle('open', unfolded);
    one('details', row).open = unfolded;
    one('.unfold', row).setAttribute('aria-expanded', unfolded);
    one('.unfold', row).textContent = unfolded ? '▾' : '▸';
    const pinned = pins.includes(row.dataset.model);
    one('.pin', row).setAttribute('aria-pressed', pinned);
    one('.pin', row).textContent = pinned ? '★' : '☆';
  }
  one('#count').textContent = `${visible.size} of ${new Set(all('tbody[data-model]').map(row => row.dataset.model)).size}`;
}

let goal = null; // where a link led that was followed, until the page shows it

function show() {
  const state = readState();
  const table = tableOf(state);
  const visible = table ? chosen(state, table) : new Set();
  const [key, direction] = state.s.split(':');
  root.style.colorScheme = ['light', 'dark'].includes(state.t) ? state.t : '';
  showChoices(state);
  showSections(state);
  for (const each of tables) {
    rebase(each, state.b);
    sortRows(each, key, direction);
  }
  showRows(state, visible);
  filterLines(visible);
  pinLines(listOf(state.pin));
  showFamilies(listOf(state.x));
  const wanted = goal ?? (/^#case-\d+$/.test(location.hash) ? location.hash : null);
  if (wanted) one(wanted).scrollIntoView({ block: 'center' });
  goal = null;
}

function pin(model) {
  const pins = toggled(listOf(readState().pin), model);
  change({ pin: textOf(pins.slice(-mostPins)) });
}

function sortBy(head) {
  const [key, direction] = readState().s.split(':');
  const first = head.dataset.first ?? 'ascending';
  const other = first === 'ascending' ? 'descending' : 'ascending';
  change({ s: `${head.dataset.key}:${key === head.dataset.key && direction === first ? other : first}` });
}

function choose(control) {
  const what = { [control.dataset.state]: control.value };
  if (control.dataset.state === 'm') what.s = `${control.value}:${one(`th[data-key="${control.value}"]`).dataset.first}`;
  change(what, control.type === 'search');
}

const deeds = {
  link: button => copy(location.href).then(() => confirmOn(button, 'Copied')),
  markdown: button => copy(asMarkdown(tableOf(readState()))).then(() => confirmOn(button, 'Copied')),
  csv: () => {
    const { w, c } = readState();
    save(`${w}-${c}.csv`, asCsv(tableOf(readState())));
  },
  print: () => print(),
  theme: () => {
    const dark = getComputedStyle(root).colorScheme === 'dark'
      || (getComputedStyle(root).colorScheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    change({ t: dark ? 'light' : 'dark' });
  },
  command: button => copy(one('code', button.parentNode).textContent).then(() => confirmOn(button, 'Copied')),
  reset: () => change({ ...initial, t: readState().t }),
};

// A link inside the page leads somewhere without forgetting what is chosen.
function follow(event, link) {
  event.preventDefault();
  goal = link.getAttribute('href');
  const row = fromRow(goal.slice(1));
  if (row) change({ w: row.w, c: row.c, p: '', f: '', q: '', open: textOf([...new Set([...listOf(readState().open), row.open])]) });
  else one(goal).open = true;
  if (goal) show();
}

function clicked(event) {
  const link = event.target.closest('a[href^="#"]');
  if (link) follow(event, link);
  const cell = event.target.closest('.heat td');
  if (cell) change({ w: one(`th:nth-child(${cell.cellIndex + 1}) button`, cell.closest('table')).dataset.choose });
  const button = event.target.closest('button');
  if (!button) return;
  const row = button.closest('tbody[data-model]');
  if (button.dataset.do) deeds[button.dataset.do](button);
  else if (button.dataset.choose) change({ w: button.dataset.choose });
  else if (button.classList.contains('sorter')) sortBy(button.closest('th'));
  else if (button.classList.contains('chip')) change({ f: textOf(toggled(listOf(readState().f), button.dataset.family)) });
  else if (button.classList.contains('multiples')) change({ x: textOf(toggled(listOf(readState().x), button.closest('.plot').dataset.plot)) });
  else if (button.classList.contains('pin')) pin(row.dataset.model);
  else if (button.classList.contains('unfold')) change({ open: textOf(toggled(listOf(readState().open), row.id)) });
}

let openedForPaper = [];

function openForPaper() {
  openedForPaper = all('details:not([open])');
  for (const details of openedForPaper) details.open = true;
}

function closeAgain() {
  for (const details of openedForPaper) details.open = false;
  openedForPaper = [];
}

root.classList.add('script');
on('click', clicked);
on('input', event => event.target.dataset.state && choose(event.target));
on('submit', event => event.preventDefault());
on('hashchange', show, window);
on('beforeprint', openForPaper, window);
on('afterprint', closeAgain, window);
all('tbody[data-model]').forEach(addButtons);
followPointer();
fitPictures();
show();
