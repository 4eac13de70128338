/**
 * The page's own program. It adds to a page that is complete without it: sorting and filtering of the run table, and
 * interactive charts that are drawn when they come near the view. Plain JavaScript, run as it stands.
 */
export const PAGE_SCRIPT = `(() => {
'use strict';
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');

// Run table: sorting by column, filtering by architecture, data set, family and text.
const table = document.getElementById('run-table');
if (table) {
  const body = table.tBodies[0];
  const key = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.value;
    return value === undefined ? cell.textContent : value === '' ? NaN : Number(value);
  };
  for (const header of table.tHead.rows[0].cells) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener('click', () => {
      const rising = header.getAttribute('aria-sort') !== 'ascending';
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', rising ? 'ascending' : 'descending');
      const sorted = [...body.rows].sort((a, b) => {
        const x = key(a, header.cellIndex);
        const y = key(b, header.cellIndex);
        if (typeof x === 'string') return x.localeCompare(y, 'en', { numeric: true }) * (rising ? 1 : -1);
        if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
        return (x - y) * (rising ? 1 : -1);
      });
      body.append(...sorted);
    });
  }
  const filters = document.getElementById('run-filters');
  const count = document.getElementById('run-count');
  filters.hidden = false;
  const apply = () => {
    let shown = 0;
    for (const row of body.rows) {
      const visible = [...filters.querySelectorAll('select')].every(({ name, value }) => value === '' || row.dataset[name] === value)
        && row.textContent.toLowerCase().includes(filters.querySelector('input').value.toLowerCase());
      row.hidden = !visible;
      if (visible) shown++;
    }
    count.textContent = shown + ' of ' + body.rows.length + ' runs shown';
  };
  filters.addEventListener('input', apply);
  filters.addEventListener('reset', () => setTimeout(apply));
  apply();
}

// Pictures of several checkpoints: a slider shows one of them.
for (const frames of document.querySelectorAll('.frames')) {
  const controls = frames.querySelector('.controls');
  const shown = frames.querySelectorAll('.frame');
  controls.hidden = shown.length < 2;
  controls.addEventListener('input', ({ target }) => {
    shown.forEach((frame, i) => { frame.hidden = i !== Number(target.value); });
    controls.querySelector('output').textContent = 'step ' + shown[Number(target.value)].dataset.step;
  });
}

// Charts.
const study = read('study-data');
let libraries;
const loadLibraries = () => libraries ??= new Promise((done) => {
  const script = document.createElement('script');
  script.textContent = document.getElementById('chart-libraries').textContent;
  document.head.append(script);
  done();
});
const floats = (text) => {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
};
const fill = (template, places) => JSON.parse(JSON.stringify(template), (_, value) =>
  typeof value === 'string' && Object.hasOwn(places, value) ? places[value] : value);

const theme = () => {
  if (!dark.matches) return { ...study.theme, background: 'transparent' };
  const ink = '#e8e8e6', muted = '#a5a8ad';
  const merge = (part, colors) => ({ ...study.theme[part], ...colors });
  return {
    ...study.theme, background: 'transparent',
    title: merge('title', { color: ink, subtitleColor: muted }),
    axis: merge('axis', { labelColor: ink, titleColor: ink, gridColor: '#3a3d42', domainColor: muted, tickColor: muted }),
    legend: merge('legend', { labelColor: ink, titleColor: ink }),
  };
};

const draw = async (section) => {
  await loadLibraries();
  const run = section.run ??= (() => {
    const data = read(section.dataset.source);
    return { ...data, steps: floats(data.steps), loss: floats(data.loss) };
  })();
  const metric = section.querySelector('[name=metric]').value;
  const perLayer = section.querySelector('[name=scale]').value === 'per-layer';
  const { steps } = run;
  const n = steps.length;
  if (n === 0) return;
  const edge = (i) => i <= 0 ? steps[0] - (n > 1 ? steps[1] - steps[0] : 1) / 2
    : i >= n ? steps[n - 1] + (n > 1 ? steps[n - 1] - steps[n - 2] : 1) / 2 : (steps[i - 1] + steps[i]) / 2;
  // More than 800 measurements cannot be told apart in the chart: every stride-th is drawn.
  const stride = Math.ceil(n / 800);
  // A cell reaches under the next one, where there is one, so that no seam shows between them.
  const cells = [];
  let low = Infinity, high = -Infinity;
  for (const layer of run.layers) {
    if (!(metric in layer.series)) continue;
    const values = floats(layer.series[metric]);
    let least = Infinity, most = -Infinity;
    for (const value of values) if (Number.isFinite(value)) { least = Math.min(least, value); most = Math.max(most, value); }
    low = Math.min(low, least); high = Math.max(high, most);
    for (let i = 0; i < n; i += stride) {
      const value = values[i];
      if (!Number.isFinite(value)) continue;
      cells.push({ layer: layer.name, from: edge(i), to: Number.isFinite(values[i + stride]) ? Math.min(edge(n), 1.5 * edge(i + stride) - 0.5 * edge(i)) : edge(Math.min(n, i + stride)), at: steps[i], value,
        shade: perLayer ? (most > least ? (value - least) / (most - least) : 0.5) : value });
    }
  }
  const chart = section.querySelector('.chart');
  const longest = Math.max(...run.layers.map(({ name }) => name.length));
  const spec = fill(study.template, {
    $layers: run.layers.map(({ name }) => name),
    $metric: study.metrics[metric] + (perLayer ? ': each layer from its lowest (0) to its highest value (1)' : ''),
    $domain: perLayer ? [0, 1] : low <= high ? [low, high] : [0, 1],
    $steps: [edge(0), edge(n)],
    $line: dark.matches ? '#56B4E9' : '#0072B2',
    $width: Math.max(240, Math.min(760, section.clientWidth - 90 - 8 * longest)),
  });
  spec.datasets = {
    cells,
    events: metric === study.analyzed ? run.events : [],
    loss: Array.from(steps, (step, i) => ({ step, loss: Number.isFinite(run.loss[i]) ? run.loss[i] : null })),
  };
  section.view?.finalize();
  section.view = await vegaEmbed(chart, spec, {
    mode: 'vega-lite', renderer: 'canvas', config: theme(),
    actions: { export: true, source: false, compiled: false, editor: false },
    downloadFileName: run.id + '-' + metric,
  });
  section.classList.add('drawn');
};

const sections = [...document.querySelectorAll('.explorer')];
const failed = (section) => (error) => { section.querySelector('.chart').textContent = 'The chart could not be drawn: ' + error.message; };
for (const section of sections) {
  const controls = section.querySelector('.controls');
  controls.hidden = false;
  controls.addEventListener('change', () => draw(section).catch(failed(section)));
}
const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    draw(target).catch(failed(target));
  }
}, { rootMargin: '300px' });
for (const section of sections) observer.observe(section);
dark.addEventListener('change', () => { for (const section of sections) if (section.view) draw(section).catch(failed(section)); });
})();`;
