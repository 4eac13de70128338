import { element, setText } from '../../../figures/page/elements.ts';
import { counted } from '../../../wording/sentences.ts';
import { LOSS } from '../../loss-choice.ts';
import type { StudyData } from '../../study-data.ts';
import { CurveChart } from '../chart/curve-chart.ts';
import { runData } from '../run-data.ts';
import type { ViewState } from '../view-state.ts';
import type { ViewStore } from '../view-store.ts';
import { colorGroups } from './color-levels.ts';
import { curvesOfRuns } from './curves-of-runs.ts';
import { RunChooser } from './run-chooser.ts';
import { shownRuns } from './run-filter.ts';
import { ViewControls } from './view-controls.ts';

/** One chart for any runs and layers, with what chooses them. */
export class CompareRuns {
  readonly #study: StudyData;
  readonly #store: ViewStore;
  readonly #chooser: RunChooser;
  readonly #controls: ViewControls;
  readonly #chart: CurveChart;
  readonly #note = element('p', { className: 'muted' });
  /** Counts what was asked for, so that what comes late does not take the place of what came after it. */
  #asked = 0;

  constructor(place: HTMLElement, study: StudyData, store: ViewStore) {
    this.#study = study;
    this.#store = store;
    this.#chooser = new RunChooser(study, store);
    this.#controls = new ViewControls(study, store);
    this.#chart = new CurveChart({ height: 420, onRange: (range) => store.change({ range }) });
    this.#note.setAttribute('aria-live', 'polite');
    place.replaceChildren(this.#chooser.element, this.#controls.element, this.#note, this.#chart.element);
    store.onChange((view, changed) => {
      // The chart has moved itself.
      if (changed.size > 1 || !changed.has('range')) void this.#show(view);
    });
    void this.#show(store.view);
  }

  async #show(view: ViewState): Promise<void> {
    const asked = ++this.#asked;
    this.#chooser.show(view);
    this.#controls.show(view);
    const places = shownRuns(this.#study, view);
    try {
      setText(this.#note, places.length > 20 ? `Opening ${counted(places.length, 'run')} …` : '');
      const runs = await Promise.all(places.map((place) => runData(place)));
      if (asked !== this.#asked) return;
      const { curves, levels } = curvesOfRuns(this.#study, runs, view);
      this.#chart.show({
        curves,
        groups: colorGroups(levels),
        title: this.#study.metrics[view.metric],
        subject: this.#subject(view, places.length),
        ...{ steps: view.steps, values: view.values, smoothing: view.smoothing, range: view.range },
      });
      setText(this.#note, this.#remarks(view, curves.length));
    } catch (error) {
      setText(this.#note, `The runs could not be opened: ${error instanceof Error ? error.message : error}`);
    }
  }

  #subject({ metric, layers, pool }: ViewState, shown: number): string {
    const of =
      metric === LOSS ? '' : ` of ${typeof layers === 'string' ? LAYERS[layers] : layers.join(', ')}`;
    const mean = pool === 'none' ? '' : `, mean over ${pool === 'seeds' ? 'seeds' : 'runs of one color'}`;
    return `${this.#study.metrics[metric]}${of}, ${shown} of ${counted(this.#study.runs.length, 'run')}${mean}`;
  }

  #remarks({ metric }: ViewState, lines: number): string {
    const { unknown } = this.#store;
    return [
      unknown.length > 0 ? `The link names what this report does not have: ${unknown.join(', ')}.` : '',
      lines === 0 ? 'Nothing to show: no run is chosen that has this metric in these layers.' : '',
      metric === this.#study.analyzed || metric === LOSS
        ? ''
        : `Rises, falls and turning points are marked on ${this.#study.metrics[this.#study.analyzed]}, which was analyzed.`,
    ]
      .filter((remark) => remark !== '')
      .join(' ');
  }
}

const LAYERS = { all: 'all layers', first: 'the first layer', last: 'the last layer' } as const;
