import type { EmbeddedRun } from '../embedded-run.ts';
import { chartLibrary, studyData } from './blocks.ts';
import { type Cell, heatmapCells, stepEdge } from './heatmap-cells.ts';
import { chartTheme, darkScheme } from './theme.ts';

/** The interactive chart of one run: a metric of all its layers over training, and the loss below it. */
export class Explorer {
  readonly #place: HTMLElement;
  readonly #run: EmbeddedRun;
  readonly #numbers: Float32Array;
  #view: { readonly finalize: () => void } | undefined;

  constructor(place: HTMLElement, run: EmbeddedRun, numbers: Float32Array) {
    this.#place = place;
    this.#run = run;
    this.#numbers = numbers;
  }

  /** Draws the chart, and again whenever the reader chooses something else. */
  async start(): Promise<void> {
    const controls = this.#choice('form') as HTMLFormElement;
    controls.hidden = false;
    controls.addEventListener('change', () => void this.#draw());
    darkScheme.addEventListener('change', () => void this.#draw());
    await this.#draw();
  }

  async #draw(): Promise<void> {
    const chart = this.#place.querySelector('.chart') as HTMLElement;
    if (this.#run.measurements === 0) return;
    try {
      const vegaEmbed = await chartLibrary();
      const { spec, name } = this.#spec();
      this.#view?.finalize();
      this.#view = await vegaEmbed(chart, spec, {
        mode: 'vega-lite',
        renderer: 'canvas',
        config: chartTheme(),
        actions: { export: true, source: false, compiled: false, editor: false },
        downloadFileName: name,
      });
      this.#place.classList.add('drawn');
    } catch (error) {
      chart.textContent = `The chart could not be drawn: ${error instanceof Error ? error.message : error}`;
    }
  }

  #spec(): { readonly spec: object; readonly name: string } {
    const { metrics, template, analyzed } = studyData();
    const run = this.#run;
    const metric = (this.#choice('[name=metric]') as HTMLSelectElement).value;
    const perLayer = (this.#choice('[name=scale]') as HTMLSelectElement).value === 'per-layer';
    const [steps, loss] = [this.#part(0), this.#part(1)];
    const layers = run.layers.flatMap(({ name, series }) =>
      metric in series ? [{ name, values: this.#part(series[metric]) }] : [],
    );
    const cells = heatmapCells(steps, layers, perLayer);
    const longest = Math.max(...run.layers.map(({ name }) => name.length));
    const spec = filled(template, {
      $layers: run.layers.map(({ name }) => name),
      $metric: `${metrics[metric]}${perLayer ? ': each layer from its lowest (0) to its highest value (1)' : ''}`,
      $domain: perLayer ? [0, 1] : valueRange(cells),
      $steps: [stepEdge(steps, 0), stepEdge(steps, steps.length)],
      $line: darkScheme.matches ? '#56B4E9' : '#0072B2',
      $width: Math.max(240, Math.min(760, this.#place.clientWidth - 90 - 8 * longest)),
    });
    const datasets = {
      cells,
      events: metric === analyzed ? run.events : [],
      loss: Array.from(steps, (step, i) => ({ step, loss: Number.isFinite(loss[i]) ? loss[i] : null })),
    };
    return { spec: { ...spec, datasets }, name: `${run.id}-${metric}` };
  }

  #part(index: number): Float32Array {
    const { measurements } = this.#run;
    return this.#numbers.subarray(index * measurements, (index + 1) * measurements);
  }

  #choice(selector: string): Element {
    return this.#place.querySelector(selector) as Element;
  }
}

/** A template with values in its named places. */
function filled(template: object, places: Readonly<Record<string, unknown>>): object {
  return JSON.parse(JSON.stringify(template), (_, value) =>
    typeof value === 'string' && Object.hasOwn(places, value) ? places[value] : value,
  );
}

function valueRange(cells: readonly Cell[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { value } of cells) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return low <= high ? [low, high] : [0, 1];
}
