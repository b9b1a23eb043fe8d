const rowsOf = table => all(':scope > tbody', table);
const headsOf = table => all(':scope > thead th', table); // not those of the tables in unfolded rows
const cellOf = (row, key) => one(`.case > [data-key="${key}"]`, row);
const valueOf = (row, key) => {
  const text = cellOf(row, key)?.dataset.value;
  return key === 'model' ? text : text ? Number(text) : null;
};

// The figures of a starved case hold for the clients that were served: it is the best of nothing.
const isPartial = row => row.classList.contains('partial');

// Rows without a figure come last, whichever way is sorted, and before them those whose figures hold for some of the clients.
function sortRows(table, key, direction) {
  const sign = direction === 'descending' ? -1 : 1;
  const compare = (a, b) => {
    const [x, y] = [valueOf(a, key), valueOf(b, key)];
    if (x === null || y === null) return (x === null) - (y === null);
    return typeof x === 'string' ? sign * x.localeCompare(y) : isPartial(a) - isPartial(b) || sign * (x - y);
  };
  table.append(...rowsOf(table).sort(compare));
  for (const head of headsOf(table)) head.setAttribute('aria-sort', head.dataset.key === key ? direction : 'none');
}

// Of another baseline than the run's own only the medians are known here.
function rebase(table, baseline) {
  const own = baseline === initial.b;
  const rows = rowsOf(table);
  const reference = rows.find(row => row.dataset.model === baseline);
  const unit = reference ? valueOf(reference, 'throughput_rps') : null;
  for (const row of rows) keepOwnRatio(row);
  const ratios = rows.map(row => unit && valueOf(row, 'throughput_rps') ? valueOf(row, 'throughput_rps') / unit : null);
  const most = Math.max(1.25, ...ratios);
  rows.forEach((row, n) => {
    const cell = cellOf(row, 'ratio');
    cell.replaceChildren(...row.ownRatio.content.map(node => node.cloneNode(true)));
    cell.dataset.value = row.ownRatio.value;
    if (!own) showRatio(cell, ratios[n], most);
  });
}

function keepOwnRatio(row) {
  const cell = cellOf(row, 'ratio');
  row.ownRatio ??= { value: cell.dataset.value ?? '', content: [...cell.childNodes].map(node => node.cloneNode(true)) };
}

function showRatio(cell, ratio, most) {
  one('small', cell)?.remove();
  one('.bar', cell)?.remove();
  one('span', cell).textContent = ratio === null ? '–' : ratio.toFixed(2) + '×';
  cell.dataset.value = ratio ?? '';
  const at = value => 3 + Math.min(1, value / most) * 58;
  one('circle', cell)?.setAttribute('cx', at(ratio ?? 0));
  one('.one', cell)?.setAttribute('d', `M${at(1)} 0V14`);
}

// The names of the models that are to be seen.
function chosen(state, table) {
  const best = rowsOf(table).sort((a, b) =>
    isPartial(a) - isPartial(b) || (valueOf(b, 'throughput_rps') ?? -1) - (valueOf(a, 'throughput_rps') ?? -1));
  const families = listOf(state.f);
  const pins = listOf(state.pin);
  const seen = new Set();
  const rules = {
    '': () => true,
    families: row => !seen.has(row.dataset.family) && seen.add(row.dataset.family),
    ten: row => seen.size < 10 && seen.add(row.dataset.model),
    pinned: row => pins.includes(row.dataset.model),
  };
  const rule = rules[state.p] ?? rules[''];
  const query = state.q.toLowerCase();
  const fits = ({ dataset: { model, family } }) =>
    (families.length === 0 || families.includes(family)) && `${model} ${family}`.toLowerCase().includes(query);
  return new Set(best.filter(row => fits(row) && rule(row)).map(row => row.dataset.model));
}

function grid(table) {
  const shown = rowsOf(table).filter(row => !row.hidden);
  const heads = headsOf(table).filter(head => head.dataset.key !== 'spark');
  const text = (row, key) => key === 'model' ? row.dataset.model : one('span', cellOf(row, key)).textContent;
  return {
    keys: heads.map(head => head.dataset.key),
    titles: heads.map(head => head.textContent.trim()),
    texts: shown.map(row => heads.map(head => text(row, head.dataset.key))),
    values: shown.map(row => heads.map(head => cellOf(row, head.dataset.key).dataset.value || text(row, head.dataset.key).replace(/^–$/, ''))),
  };
}

function asMarkdown(table) {
  const { titles, texts } = grid(table);
  const line = cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), line(titles.map((_, n) => n ? '--:' : '---')), ...texts.map(line)].join('\n') + '\n';
}

function asCsv(table) {
  const { keys, values } = grid(table);
  const cell = text => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [keys, ...values].map(cells => cells.map(cell).join(',')).join('\r\n') + '\r\n';
}
