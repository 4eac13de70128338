import { element } from '../../figures/page/elements.ts';
import { formatNumber } from '../../wording/numbers.ts';
import { LOSS } from '../loss-choice.ts';
import type { StudyData } from '../study-data.ts';
import { CurveChart } from './chart/curve-chart.ts';
import { colorGroups } from './compare/color-levels.ts';
import { curvesOfRuns } from './compare/curves-of-runs.ts';
import type { LoadedRun } from './compare/series.ts';
import { metricChoice } from './compare/view-controls.ts';
import type { ViewState } from './view-state.ts';
import type { ViewStore } from './view-store.ts';

/** The charts of one run: a metric of all its layers over training, and the loss below it; its table of layers follows. */
export function showRunCharts(
  section: HTMLElement,
  run: LoadedRun,
  study: StudyData,
  store: ViewStore,
): void {
  const place = section.querySelector<HTMLElement>('.run-chart');
  if (place === null || run.steps.length === 0) return;
  const { id } = study.runs[run.index];
  const metric = metricChoice(study, store);
  const loss = new CurveChart({ height: 170, hasMenu: false });
  const chart = new CurveChart({ height: 320, onRange: (range) => loss.moveTo(range) });
  place.replaceChildren(
    element('div', { className: 'controls' }, metric.element),
    chart.element,
    loss.element,
  );
  const draw = (target: CurveChart, view: ViewState): void => {
    const { curves, levels } = curvesOfRuns(study, [run], {
      ...view,
      layers: 'all',
      color: 'layer',
      pool: 'none',
    });
    const title = study.metrics[view.metric];
    target.show({
      curves,
      groups: colorGroups(levels),
      title,
      subject: view.metric === LOSS ? `${title}, run ${id}` : `${title} of every layer, run ${id}`,
      ...{ steps: view.steps, values: view.values, smoothing: view.smoothing, range: null },
    });
  };
  const show = (view: ViewState): void => {
    metric.show(view.metric);
    draw(chart, view);
    loss.element.hidden = view.metric === LOSS;
    if (view.metric !== LOSS) {
      draw(loss, { ...view, metric: LOSS });
      showEnds(section, run, view.metric, study.metrics[view.metric]);
    }
  };
  store.onChange((view, changed) => {
    const isDrawn = ['metric', 'steps', 'values', 'smoothing'] as const;
    if (isDrawn.some((name) => changed.has(name))) show(view);
  });
  show(store.view);
}

/** Writes a metric's first and last values into the run's table of layers. */
function showEnds(section: HTMLElement, run: LoadedRun, metric: string, title: string): void {
  for (const name of section.querySelectorAll('.metric-name')) name.textContent = title;
  for (const row of section.querySelectorAll<HTMLElement>('tr[data-layer]')) {
    const values = run.layers[Number(row.dataset.layer)].series.get(metric);
    for (const [end, at] of [
      ['first', 0],
      ['last', -1],
    ] as const) {
      const cell = row.querySelector(`.${end}`);
      if (cell !== null) cell.textContent = formatNumber(values?.at(at));
    }
  }
}
