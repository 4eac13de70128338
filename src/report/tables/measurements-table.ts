import type { Layer, Run } from '../../measurements/types.ts';
import { type Column, type Table, table } from '../../tables/table.ts';
import { freeName } from './free-name.ts';

/** A layer of a run at one of its measurements; the whole network where a run has no layers. */
interface Measurement {
  readonly run: Run;
  readonly layer: Layer | null;
  readonly index: number;
  /** What was measured of the layer, for each metric of the study; looked up once, as it may have to be read. */
  readonly series: readonly (Float64Array | undefined)[];
  /** Why metrics of the layer are missing, by index of the measurement. */
  readonly reasons: Reasons;
}

type Reasons = ReadonlyMap<number, readonly string[]>;

const place: readonly Column<Measurement>[] = [
  { name: 'run', type: 'text', meaning: 'the run', of: ({ run }) => run.id },
  { name: 'architecture', type: 'text', meaning: 'its network', of: ({ run }) => run.architecture },
  { name: 'family', type: 'text', meaning: 'the kind of its network', of: ({ run }) => run.family },
  { name: 'dataset', type: 'text', meaning: 'what it learns', of: ({ run }) => run.dataset },
  { name: 'seed', type: 'integer', meaning: 'the seed it was trained with', of: ({ run }) => run.seed },
  {
    name: 'layer',
    type: 'text',
    meaning: 'the layer; empty where a run has none',
    of: ({ layer }) => layer?.name,
  },
  { name: 'kind', type: 'text', meaning: 'what the layer computes', of: ({ layer }) => layer?.kind },
  {
    name: 'depth',
    type: 'integer',
    unit: 'from 0',
    meaning: 'its place in the network',
    of: ({ layer }) => layer?.depth,
  },
  {
    name: 'step',
    type: 'integer',
    unit: 'training steps',
    meaning: 'when it was measured',
    of: ({ run, index }) => run.steps[index],
  },
  {
    name: 'loss',
    type: 'number',
    unit: 'nats for cross-entropy',
    meaning: 'training loss of the run then, the same for all its layers',
    of: ({ run, index }) => run.loss[index],
  },
  {
    name: 'gradient_norm',
    type: 'number',
    meaning: 'L2 norm of the gradient of the run then, the same for all its layers',
    of: ({ run, index }) => run.gradientNorm[index],
  },
];

const undetermined: Column<Measurement> = {
  name: 'undetermined',
  type: 'texts',
  meaning: 'the metrics that could not be determined, each with the reason: `metric: reason`',
  of: ({ reasons, index }) => reasons.get(index),
};

/**
 * The measurements themselves: a row for each layer at each step, a column for each metric. So two metrics are compared in one
 * expression and without joining a table with itself, and the loss stands beside them.
 */
export function measurementsTable(runs: readonly Run[]): Table {
  const taken = new Set([...place, undetermined].map(({ name }) => name));
  const metrics = new Set(runs.flatMap(({ layers }) => layers.flatMap(({ series }) => [...series.keys()])));
  const columns: readonly Column<Measurement>[] = [
    ...place,
    ...[...metrics].map(
      (id, m): Column<Measurement> => ({
        name: freeName(id, 'metric', taken),
        type: 'number',
        meaning: `the series ${id} of the layer`,
        of: ({ series, index }) => series[m]?.[index],
      }),
    ),
    undetermined,
  ];
  return table('measurements', 'one layer at one step', columns, function* () {
    for (const run of runs) {
      for (const layer of run.layers.length > 0 ? run.layers : [null]) {
        const series = [...metrics].map((id) => layer?.series.get(id)?.values);
        const reasons = reasonsOf(layer);
        for (let index = 0; index < run.steps.length; index++) yield { run, layer, index, series, reasons };
      }
    }
  });
}

function reasonsOf(layer: Layer | null): Reasons {
  const found = new Map<number, string[]>();
  for (const [id, { undetermined }] of layer?.series ?? []) {
    for (const { index, reason } of undetermined)
      found.set(index, [...(found.get(index) ?? []), `${id}: ${reason}`]);
  }
  return found;
}
