const labelHeight = 15;
const plotTop = 30;
const plotBottom = 292;
const plotRight = 446;
const labelLeft = 458;
const longestName = 26;

const svg = (tag, className, parent) => {
  const element = parent.appendChild(document.createElementNS('http://www.w3.org/2000/svg', tag));
  element.setAttribute('class', className);
  return element;
};

// Where a line ends: in a time series at its last corner, else at its last mark.
function endOf(line) {
  const mark = all('use', line).at(-1);
  return mark ? [mark.x.baseVal.value, mark.y.baseVal.value] : cornersOf(line).at(-1);
}

// The name at the end of a line and what leads to it. Only the lines that were pinned when the page was made came with theirs.
function labelOf(line) {
  const [x, y] = endOf(line);
  const leader = one('.leader', line) ?? svg('path', 'leader', line);
  const name = one('.name', line) ?? svg('text', 'name', line);
  if (!name.textContent) {
    const { model } = line.dataset;
    name.textContent = model.length > longestName ? `${model.slice(0, longestName - 1)}…` : model;
    name.setAttribute('x', labelLeft + 4);
  }
  return { leader, name, x, y };
}

function placeLabel({ leader, name, x, y }, at) {
  leader.setAttribute('d', `M${x} ${y}H${plotRight}L${labelLeft} ${at}`);
  name.setAttribute('y', at + 4);
}

// Moves the names at the ends of lines apart, in the order of the ends.
function spreadLabels(picture, selector) {
  const lines = all(selector, picture).filter(line => !line.classList.contains('out'));
  const places = lines.map(labelOf).sort((a, b) => a.y - b.y);
  let limit = plotBottom;
  for (const place of places.toReversed()) {
    place.at = Math.min(place.y, limit);
    limit = place.at - labelHeight;
  }
  limit = plotTop;
  for (const place of places) {
    place.at = Math.max(place.at, limit);
    limit = place.at + labelHeight;
    placeLabel(place, place.at);
  }
}

function pinLines(pins) {
  for (const line of all('.plot > .scroll .line')) {
    const slot = pins.indexOf(line.dataset.model);
    line.classList.remove('slot0', 'slot1', 'slot2', 'slot3', 'slot4');
    line.classList.toggle('pinned', slot >= 0);
    if (slot < 0) continue;
    line.classList.add(`slot${slot}`);
    line.parentNode.append(line); // drawn last, it is not crossed out by the others
  }
  for (const picture of all('.plot > .scroll svg.lines')) spreadLabels(picture, '.pinned');
  for (const plot of all('.plot')) showLegend(plot);
}

// Where the window is too narrow for names at the ends of lines, they stand below the picture.
const narrow = matchMedia('(max-width: 640px)');

function showLegend(plot) {
  one('.legend', plot)?.remove();
  if (!narrow.matches || !one('svg.lines', plot)) return;
  const legend = document.createElement('p');
  legend.className = 'legend';
  for (const line of all('.scroll .line.pinned:not(.out)', plot)) {
    const entry = document.createElement('span');
    entry.className = familyOf(line);
    const key = one(`tbody[data-model="${CSS.escape(line.dataset.model)}"] .key`).cloneNode(true);
    entry.append(key, ` ${line.dataset.model}`);
    legend.append(entry);
  }
  one('.scroll', plot).after(legend);
}

function fitPictures() {
  for (const picture of all('svg.lines')) picture.setAttribute('viewBox', narrow.matches ? '0 0 458 340' : '0 0 632 340');
}

narrow.addEventListener('change', () => {
  fitPictures();
  for (const plot of all('.plot')) showLegend(plot);
});

function filterLines(visible) {
  for (const line of all('.line')) line.classList.toggle('out', !visible.has(line.dataset.model));
}

function showFamilies(spread) {
  for (const plot of all('.plot:has(.multiples)')) {
    const wanted = spread.includes(plot.dataset.plot);
    if (wanted || plot.classList.contains('spread')) spreadFamilies(plot, wanted);
  }
}

// Small multiples: the same picture once for each family, with that family in colour.
function spreadFamilies(plot, spread) {
  one('.families', plot)?.remove();
  plot.classList.toggle('spread', spread);
  one('.multiples', plot).setAttribute('aria-pressed', spread);
  if (!spread) return;
  const picture = one('.scroll svg.lines', plot);
  const families = document.createElement('div');
  families.className = 'families';
  const drawn = new Set(all('.line:not(.out)', picture).map(familyOf));
  for (const chip of all('.chip')) {
    if (drawn.has(familyOf(chip))) families.append(pictureOf(picture, chip));
  }
  plot.append(families);
}

// Families are numbered in classes, which give them their colours.
const familyOf = element => element.getAttribute('class').split(' ').find(name => /^f\d+$/.test(name)) ?? '';

function pictureOf(picture, chip) {
  const figure = document.createElement('figure');
  const title = document.createElement('h4');
  const clone = picture.cloneNode(true);
  title.textContent = chip.dataset.family;
  for (const line of all('.line', clone)) {
    const own = familyOf(line) === familyOf(chip);
    line.classList.remove('slot0', 'slot1', 'slot2', 'slot3', 'slot4');
    line.classList.toggle('pinned', own);
    if (own) clone.append(line);
  }
  spreadLabels(clone, '.pinned');
  figure.append(title, clone);
  return figure;
}

function light(model) {
  for (const element of all('.lit')) element.classList.remove('lit');
  if (!model) return;
  const name = CSS.escape(model);
  for (const element of all(`.line[data-model="${name}"], tbody[data-model="${name}"]`)) element.classList.add('lit');
  for (const line of all('.line.lit:not(.pinned)')) {
    const label = labelOf(line);
    placeLabel(label, label.y);
  }
}

const tip = one('#tip');

function showTip(text, x, y) {
  tip.textContent = text;
  tip.hidden = !text;
  if (!text) return;
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - width - 8))}px`;
  tip.style.top = `${y + height + 24 > innerHeight ? y - height - 10 : y + 16}px`;
}

// The point nearest to the pointer, if it is near.
function nearest(picture, event) {
  const box = picture.getBoundingClientRect();
  const scale = picture.viewBox.baseVal.width / box.width;
  const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  let best = null;
  let least = 30;
  for (const mark of all('.line:not(.out) use', picture)) {
    const distance = Math.hypot(mark.x.baseVal.value - x, mark.y.baseVal.value - y);
    if (distance < least) [best, least] = [mark, distance];
  }
  return best;
}

// Shown by the page itself, near the pointer and at once; the browser's own would come beside it. Who hears the page has them as names.
function takeTitles() {
  for (const title of all('.lines use > title')) {
    const mark = title.parentNode;
    mark.dataset.tip = title.textContent;
    mark.setAttribute('role', 'img');
    mark.setAttribute('aria-label', title.textContent);
    title.remove();
  }
}

// The picture that has the focus, and none where the page itself has it.
const pictureIn = (target, kind) => target.matches('.plot > .scroll') ? one(`svg.lines${kind}`, target) : null;

// With arrow keys a picture is read point by point: to the left and right along a line, up and down from line to line, the pinned first.
function stepMark(event) {
  const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const across = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const picture = (along || across) && pictureIn(event.target, ':not([data-reading])');
  if (!picture) return;
  event.preventDefault();
  const within = (list, n) => Math.max(0, Math.min(list.length - 1, n));
  const lines = all('.line:not(.out)', picture).filter(line => one('use', line)).reverse();
  const from = picture.at ?? { line: -(across ?? 0), mark: -(along ?? 0) };
  const line = within(lines, from.line + (across ?? 0));
  const marks = all('use', lines[line]);
  const mark = within(marks, from.mark + (along ?? 0));
  picture.at = { line, mark };
  const { right, bottom } = marks[mark].getBoundingClientRect();
  showTip(marks[mark].dataset.tip, right, bottom);
  light(lines[line].dataset.model);
}

function followPointer() {
  takeTitles();
  on('pointermove', event => {
    const picture = event.target.closest?.('svg.lines');
    const mark = picture ? nearest(picture, event) : null;
    const row = event.target.closest?.('tbody[data-model]');
    const model = (mark?.closest('.line') ?? row)?.dataset.model ?? null;
    showTip(mark?.dataset.tip ?? '', event.clientX, event.clientY);
    if (model !== followPointer.model) light(followPointer.model = model);
  });
  on('focusin', event => light(event.target.closest('tbody[data-model]')?.dataset.model));
  on('focusout', () => showTip(''));
  on('keydown', stepMark);
}
