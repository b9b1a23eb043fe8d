// The whole state of the page is in its address: whoever has the link sees the same, and Back goes back.
const mostPins = 5;
const clientSelect = one('[data-state=c]');
const initial = {
  w: one('[data-workload]')?.dataset.workload ?? '',
  c: clientSelect.value,
  m: 'throughput_rps',
  b: root.dataset.baseline ?? '',
  p: '', // which of them: all, or one of the choices of "show"
  f: '', // families, none for all
  q: '', // part of a name
  s: 'throughput_rps:descending',
  pin: root.dataset.pins,
  open: '', // unfolded rows
  x: '', // pictures that are drawn once for each family
  t: '', // light or dark, where it is not as the system asks
};

const listOf = text => text.split(' ').filter(Boolean).map(decodeURIComponent);
const textOf = list => list.map(encodeURIComponent).join(' ');
const toggled = (list, item) => list.includes(item) ? list.filter(other => other !== item) : [...list, item];

// A link to a row from outside (#case-12) means: show it, unfolded.
function fromRow(id) {
  const row = /^case-\d+$/.test(id) ? document.getElementById(id) : null;
  if (!row) return null;
  return { ...initial, w: row.closest('[data-workload]').dataset.workload, c: row.closest('[data-clients]').dataset.clients, open: id };
}

function readState() {
  const hash = location.hash.slice(1);
  const row = fromRow(hash);
  if (row) return row;
  const state = { ...initial };
  for (const [key, value] of new URLSearchParams(hash.includes('=') ? hash : '')) {
    if (key in state) state[key] = value;
  }
  if (!all('option', clientSelect).some(option => option.value === state.c)) state.c = initial.c;
  return state;
}

function addressOf(state) {
  const changed = Object.entries(state).filter(([key, value]) => value !== initial[key]);
  return '#' + new URLSearchParams(changed);
}

// What is typed replaces the entry of the history, so that Back does not go letter by letter.
function change(what, replacing = false) {
  const address = addressOf({ ...readState(), ...what });
  if (replacing) location.replace(address);
  else location.hash = address;
}
