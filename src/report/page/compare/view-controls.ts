import { plainLine } from '../../../errors/plain-text.ts';
import { element } from '../../../figures/page/elements.ts';
import type { StudyData } from '../../study-data.ts';
import { type LayerChoice, type Pooling, SMOOTHINGS, type ViewState } from '../view-state.ts';
import type { ViewStore } from '../view-store.ts';
import { CheckList } from './check-list.ts';
import { choice } from './choice.ts';
import { facetsOf, shownRuns } from './run-filter.ts';

const AXES = [
  ['log', 'logarithmic'],
  ['linear', 'even'],
] as const;

/** The choice of metric, shared by all charts of the page and the tables beside them. */
export function metricChoice(study: StudyData, store: ViewStore) {
  return choice('Metric', 'metric', Object.entries(study.metrics), (metric) => store.change({ metric }));
}

/** What is shown of the runs, and how: metric, layers, color, averages, axes, smoothing. */
export class ViewControls {
  readonly element: HTMLElement;
  readonly #study: StudyData;
  readonly #layers: CheckList;
  readonly #shows: ((view: ViewState) => void)[];

  constructor(study: StudyData, store: ViewStore) {
    this.#study = study;
    const metric = metricChoice(study, store);
    const layers = choice(
      'Layers',
      'layers',
      [
        ['last', 'the last of each run'],
        ['first', 'the first of each run'],
        ['all', 'all'],
        ['chosen', 'chosen by name'],
      ],
      (value) =>
        store.change({ layers: value === 'chosen' ? this.#shownLayers(store.view) : (value as LayerChoice) }),
    );
    const color = choice(
      'Color by',
      'color',
      [
        ['run', 'run'],
        ['layer', 'layer'],
        ...[...facetsOf(study).keys()].map((name) => [name, plainLine(NAMES[name] ?? name)] as const),
      ],
      (value) => store.change({ color: value }),
    );
    const pool = choice(
      'Average over',
      'pool',
      [
        ['none', 'nothing'],
        ['seeds', 'seeds'],
        ['color', 'runs of one color'],
      ],
      (value) => store.change({ pool: value as Pooling }),
    );
    const steps = choice('Step axis', 'steps', AXES, (value) =>
      store.change({ steps: value as 'log' | 'linear' }),
    );
    const values = choice('Value axis', 'values', AXES, (value) =>
      store.change({ values: value as 'log' | 'linear' }),
    );
    const smoothing = choice(
      'Smoothing',
      'smoothing',
      SMOOTHINGS.map((width) => [String(width), width === 1 ? 'none' : `mean of ${width}`]),
      (value) => store.change({ smoothing: Number(value) }),
    );
    this.#layers = new CheckList('Layers', (names) => store.change({ layers: names }));
    this.element = element(
      'div',
      {},
      element(
        'div',
        { className: 'controls' },
        ...[metric, layers, color, pool, steps, values, smoothing].map((made) => made.element),
      ),
      this.#layers.element,
    );
    this.#shows = [
      (view) => metric.show(view.metric),
      (view) => layers.show(typeof view.layers === 'string' ? view.layers : 'chosen'),
      (view) => color.show(view.color),
      (view) => pool.show(view.pool),
      (view) => steps.show(view.steps),
      (view) => values.show(view.values),
      (view) => smoothing.show(String(view.smoothing)),
    ];
  }

  show(view: ViewState): void {
    for (const show of this.#shows) show(view);
    const { layers } = view;
    this.#layers.element.hidden = typeof layers === 'string';
    if (typeof layers === 'string') return;
    this.#layers.show(
      this.#names(view).map((name) => ({
        value: name,
        label: plainLine(name),
        isChecked: layers.includes(name),
      })),
    );
  }

  /** Names of the layers of the runs that are shown; of all where none is. */
  #names(view: ViewState): string[] {
    const { runs, networks } = this.#study;
    const shown = shownRuns(this.#study, view);
    const used = new Set((shown.length > 0 ? shown : runs.map((_, r) => r)).map((r) => runs[r].network));
    return [...new Set([...used].flatMap((n) => networks[n]))];
  }

  /** The layers that are shown now, by name. */
  #shownLayers(view: ViewState): string[] {
    if (view.layers === 'all') return this.#names(view);
    if (typeof view.layers !== 'string') return [...view.layers];
    const at = view.layers === 'first' ? 0 : -1;
    const { runs, networks } = this.#study;
    return [...new Set(shownRuns(this.#study, view).flatMap((r) => networks[runs[r].network].at(at) ?? []))];
  }
}

const NAMES: Readonly<Record<string, string>> = { dataset: 'data set' };
