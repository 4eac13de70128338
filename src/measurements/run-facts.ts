import type { LayerHeader, RunHeader, SeriesHeader, SpectrumVariant } from './run-header.ts';
import type { Layer, LayerSpectra, MetricSeries, Run, Track } from './types.ts';

/**
 * A run without what was measured in its layers and tracks: so much of every run of a study is in memory at once. Plain data, that may be
 * written down.
 */
export interface RunFacts extends Omit<Run, 'layers' | 'tracks'> {
  readonly layers: readonly LayerHeader[];
  /** Every layer has every one. */
  readonly series: readonly SeriesHeader[];
  /** Which spectra of the layers are logged. */
  readonly spectra: readonly SpectrumVariant[];
  readonly hasTracks: boolean;
}

/** What was measured in a run, for when it is looked at. */
export interface MeasuredOnDemand {
  /** By layer, in network order, the series by id. */
  readonly series: () => readonly ReadonlyMap<string, MetricSeries>[];
  /** By layer. */
  readonly spectra: () => readonly LayerSpectra[];
  readonly tracks: () => readonly Track[];
}

/** The facts of a run, from its header and the run. @param run its spectra and series are not looked at. */
export function factsOfRun(
  { layers: _, tracks, ...facts }: Run,
  header: {
    readonly layers: readonly LayerHeader[];
    readonly series: readonly SeriesHeader[];
    readonly spectra: readonly SpectrumVariant[];
  },
): RunFacts {
  return {
    ...facts,
    layers: header.layers,
    series: header.series,
    spectra: header.spectra,
    hasTracks: tracks !== undefined,
  };
}

/** A run as it is before its first measurement, from its header. */
export function runBegun({ tracks: _, plannedSteps, ...facts }: RunHeader): RunFacts {
  const none = new Float64Array(0);
  return {
    ...facts,
    ...{ plannedSteps: plannedSteps ?? 0, steps: none, loss: none, gradientNorm: none, evaluations: [] },
    ...{ complete: false, stopped: null, hasTracks: false },
  };
}

/**
 * A run whose series, spectra and tracks are asked for each time they are looked at, and kept by nobody here. Which series there are, and what they
 * are of, is known without asking.
 *
 * @example
 * const logged = { steps: Float64Array.of(0), values: Float64Array.of(2.5) };
 * const measured = { series: () => [new Map([['stable_rank', logged]])], spectra: () => [], tracks: () => [] };
 * const onDemand = runOnDemand(runBegun(header), measured);
 * onDemand.layers[0].series.get('stable_rank').values[0]; // 2.5
 */
export function runOnDemand(
  { layers, series, spectra, hasTracks, ...facts }: RunFacts,
  measured: MeasuredOnDemand,
): Run {
  const run = {
    ...facts,
    layers: layers.map((layer, l) => layerOnDemand(layer, l, series, spectra, measured)),
  };
  return hasTracks
    ? Object.defineProperty(run, 'tracks', { get: measured.tracks, enumerable: true, configurable: true })
    : run;
}

function layerOnDemand(
  layer: LayerHeader,
  index: number,
  series: readonly SeriesHeader[],
  logged: readonly SpectrumVariant[],
  measured: MeasuredOnDemand,
): Layer {
  const known = new SeriesOfLayer(series, (id) => measured.series()[index].get(id)!);
  if (logged.length === 0) return { ...layer, series: known, spectra: null };
  return {
    ...layer,
    series: known,
    get spectra() {
      return spectraOnDemand(logged, () => measured.spectra()[index]);
    },
  };
}

/** The series of a layer by their ids. Of a study there are tens of thousands: each is made when it is looked at. */
class SeriesOfLayer implements ReadonlyMap<string, MetricSeries> {
  readonly #headers: readonly SeriesHeader[];
  readonly #ask: (id: string) => MetricSeries;

  constructor(headers: readonly SeriesHeader[], ask: (id: string) => MetricSeries) {
    this.#headers = headers;
    this.#ask = ask;
  }

  get size(): number {
    return this.#headers.length;
  }

  get(id: string): MetricSeries | undefined {
    const header = this.#headers.find((each) => each.id === id);
    return header && new SeriesOnDemand(header, this.#ask);
  }

  has(id: string): boolean {
    return this.#headers.some((header) => header.id === id);
  }

  forEach(visit: (series: MetricSeries, id: string, all: ReadonlyMap<string, MetricSeries>) => void): void {
    for (const [id, series] of this) visit(series, id, this);
  }

  *keys(): MapIterator<string> {
    for (const { id } of this.#headers) yield id;
  }

  *values(): MapIterator<MetricSeries> {
    for (const [, series] of this) yield series;
  }

  *entries(): MapIterator<[string, MetricSeries]> {
    for (const header of this.#headers) yield [header.id, new SeriesOnDemand(header, this.#ask)];
  }

  [Symbol.iterator](): MapIterator<[string, MetricSeries]> {
    return this.entries();
  }

  toJSON(): Readonly<Record<string, MetricSeries>> {
    return Object.fromEntries(this);
  }
}

/** Which series it is is known; what it holds is asked for. */
class SeriesOnDemand implements MetricSeries {
  readonly #id: string;
  readonly #ask: (id: string) => MetricSeries;
  readonly metric: string;
  readonly centering: MetricSeries['centering'];
  readonly origin: MetricSeries['origin'];

  constructor({ id, metric, centering, origin }: SeriesHeader, ask: (id: string) => MetricSeries) {
    this.#id = id;
    this.#ask = ask;
    this.metric = metric;
    this.centering = centering;
    this.origin = origin;
  }

  get values(): Float64Array {
    return this.#ask(this.#id).values;
  }

  get undetermined(): MetricSeries['undetermined'] {
    return this.#ask(this.#id).undetermined;
  }

  toJSON(): MetricSeries {
    return this.#ask(this.#id);
  }
}

/** Which variants there are is known; a variant that is not logged is null, and asks for nothing. */
function spectraOnDemand(logged: readonly SpectrumVariant[], ask: () => LayerSpectra): LayerSpectra {
  const has = (variant: SpectrumVariant): boolean => logged.includes(variant);
  return {
    get centered() {
      return has('centered') ? ask().centered : null;
    },
    get raw() {
      return has('raw') ? ask().raw : null;
    },
    get complete() {
      return ask().complete;
    },
  };
}
