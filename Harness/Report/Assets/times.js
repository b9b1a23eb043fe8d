// Time series: one moment is read in all pictures that have the same seconds.
const readingOf = picture => {
  const [zeroX, seconds, zeroY, worth, scale, unit] = picture.dataset.reading.split(' ');
  const above = y => (Number(zeroY) - y) * Number(worth);
  return { zeroX: Number(zeroX), seconds: Number(seconds), unit, figureAt: scale === 'linear' ? above : y => 10 ** above(y) };
};

// The corners of a line, from its path of steps.
function cornersOf(line) {
  line.corners ??= [...one('.stroke', line).getAttribute('d').matchAll(/([Ml])(-?[\d.]+) ?(-?[\d.]+)/g)].reduce((corners, [, letter, x, y]) => {
    const [fromX, fromY] = letter === 'l' ? corners.at(-1) : [0, 0];
    return [...corners, [fromX + Number(x), fromY + Number(y)]];
  }, []);
  return line.corners;
}

function heightAt(line, x) {
  const corners = cornersOf(line);
  const next = corners.findIndex(corner => corner[0] >= x);
  if (next < 0 || x < corners[0][0]) return null;
  if (next === 0) return corners[0][1];
  const [[x0, y0], [x1, y1]] = [corners[next - 1], corners[next]];
  return x1 === x0 ? y1 : y0 + (y1 - y0) * (x - x0) / (x1 - x0);
}

const rounded = value => Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 2 });

function readPicture(picture, second) {
  const reading = readingOf(picture);
  const x = reading.zeroX + second / reading.seconds;
  const cross = one('.cross', picture) ?? svg('path', 'cross', picture);
  cross.setAttribute('d', `M${x} ${plotTop}V${plotBottom}`);
  const figures = all('.line.pinned:not(.out)', picture)
    .map(line => [line.dataset.model, heightAt(line, x)])
    .filter(([, y]) => y !== null)
    .map(([model, y]) => [model, reading.figureAt(y)])
    .sort((a, b) => b[1] - a[1])
    .map(([model, value]) => `${model} ${rounded(value)}${reading.unit && ` ${reading.unit}`}`);
  one('.reading', picture.closest('.plot')).textContent = `${second.toFixed(2)} s: ${figures.join(' · ') || 'nothing'}`;
}

function readAll(group, second) {
  group.second = second;
  for (const picture of all('svg[data-reading]', group)) readPicture(picture, second);
}

function forget(group) {
  for (const cross of all('.cross', group)) cross.remove();
  for (const reading of all('.reading', group)) reading.textContent = '\u00a0';
}

// The seconds that the axis of a picture has room for.
function clamped(picture, second) {
  const { zeroX, seconds } = readingOf(picture);
  return Math.min((plotRight - zeroX) * seconds, Math.max(0, second));
}

function followTime(event) {
  const picture = event.target.closest?.('svg[data-reading]');
  const group = picture?.closest('.times');
  for (const other of all('.times')) if (other !== group && one('.cross', other) && !other.contains(document.activeElement)) forget(other);
  if (!picture) return;
  const box = picture.getBoundingClientRect();
  const { zeroX, seconds } = readingOf(picture);
  const x = (event.clientX - box.left) * picture.viewBox.baseVal.width / box.width;
  readAll(group, clamped(picture, (x - zeroX) * seconds));
}

function stepTime(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const picture = step && pictureIn(event.target, '[data-reading]');
  if (!picture) return;
  event.preventDefault();
  const group = picture.closest('.times');
  const { seconds } = readingOf(picture);
  readAll(group, clamped(picture, (group.second ?? 0) + step * 4 * seconds));
}

for (const plot of all('.plot.timed')) {
  const reading = document.createElement('p');
  reading.className = 'reading note';
  reading.textContent = '\u00a0';
  plot.append(reading);
}
on('pointermove', followTime);
on('keydown', stepTime);
