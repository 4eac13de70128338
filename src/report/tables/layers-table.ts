import type { LayerSummary, RunSummary } from '../../dynamics/run-summary.ts';
import { type Column, type Table, table } from '../../tables/table.ts';

interface LayerRow {
  readonly run: string;
  readonly seriesId: string;
  readonly layer: LayerSummary;
}

const columns: readonly Column<LayerRow>[] = [
  { name: 'run', type: 'text', meaning: 'the run', of: ({ run }) => run },
  { name: 'layer', type: 'text', meaning: 'the layer', of: ({ layer }) => layer.layer },
  { name: 'kind', type: 'text', meaning: 'what the layer is', of: ({ layer }) => layer.kind },
  {
    name: 'depth',
    type: 'integer',
    unit: 'from 0',
    meaning: 'its place in the network',
    of: ({ layer }) => layer.depth,
  },
  {
    name: 'samples',
    type: 'integer',
    meaning: 'rows of the measured matrix',
    of: ({ layer }) => layer.samples,
  },
  {
    name: 'features',
    type: 'integer',
    meaning: 'columns of the measured matrix',
    of: ({ layer }) => layer.features,
  },
  { name: 'series', type: 'text', meaning: 'the analyzed series', of: ({ seriesId }) => seriesId },
  {
    name: 'first',
    type: 'number',
    meaning: 'its first value that was determined',
    of: ({ layer }) => layer.dynamics?.first,
  },
  {
    name: 'last',
    type: 'number',
    meaning: 'its last value that was determined',
    of: ({ layer }) => layer.dynamics?.last,
  },
  {
    name: 'does',
    type: 'text',
    meaning: 'what its curve does, in a sentence',
    of: ({ layer }) => layer.dynamics?.does,
  },
  {
    name: 'stabilization',
    type: 'text',
    meaning: 'whether the series reached its final level for good',
    of: ({ layer }) => layer.dynamics?.stabilization.status,
  },
  {
    name: 'stabilization_step',
    type: 'integer',
    unit: 'training steps',
    meaning: 'from when on',
    of: ({ layer }) => stepOf(layer),
  },
  {
    name: 'stabilization_reason',
    type: 'text',
    meaning: 'why there is no such step',
    of: ({ layer }) => reasonOf(layer),
  },
  {
    name: 'testable',
    type: 'boolean',
    meaning: 'whether the series could be tested for changes',
    of: ({ layer }) => layer.dynamics && layer.dynamics.notTestable === null,
  },
  {
    name: 'changes',
    type: 'integer',
    meaning: 'changes detected; empty where it could not be tested',
    of: ({ layer }) => layer.dynamics?.changes,
  },
  {
    name: 'tested_from',
    type: 'integer',
    unit: 'training steps',
    meaning: 'the first step at which a change can be reported; of what lies before nothing is said',
    of: ({ layer }) => layer.dynamics?.tested?.[0],
  },
  {
    name: 'tested_to',
    type: 'integer',
    unit: 'training steps',
    meaning: 'the last step at which a change can be reported; of what lies after nothing is said',
    of: ({ layer }) => layer.dynamics?.tested?.[1],
  },
  {
    name: 'untestable_reason',
    type: 'text',
    meaning: 'why it could not be tested',
    of: ({ layer }) => layer.dynamics?.notTestable,
  },
];

/** The layers of all runs, one row each. */
export function layersTable(summaries: readonly RunSummary[], seriesId: string): Table {
  const rows = summaries.flatMap(({ run, layers }) => layers.map((layer) => ({ run, seriesId, layer })));
  return table('layers', 'one layer of one run', columns, rows);
}

function stepOf({ dynamics }: LayerSummary): number | null {
  return dynamics?.stabilization.status === 'stabilized' ? dynamics.stabilization.step : null;
}

function reasonOf({ dynamics }: LayerSummary): string | null {
  return dynamics === null || dynamics.stabilization.status === 'stabilized'
    ? null
    : dynamics.stabilization.reason;
}
