import type { LayerSummary, RunSummary } from '../../dynamics/run-summary.ts';
import { stabilizationInWords } from '../../dynamics/stabilization.ts';
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
    meaning: 'stabilized, moving, unmoved, constant or undetermined: see docs/stretches.md',
    of: ({ layer }) => layer.dynamics?.stabilization.status,
  },
  {
    name: 'stabilization_step',
    type: 'integer',
    unit: 'training steps',
    meaning: 'from when on it is stable',
    of: ({ layer }) => stabilized(layer)?.step,
  },
  {
    name: 'stabilization_low',
    type: 'number',
    unit: 'training steps',
    meaning: 'lower end of the interval of that step',
    of: ({ layer }) => stabilized(layer)?.interval[0],
  },
  {
    name: 'stabilization_high',
    type: 'number',
    unit: 'training steps',
    meaning: 'upper end',
    of: ({ layer }) => stabilized(layer)?.interval[1],
  },
  {
    name: 'stabilization_reason',
    type: 'text',
    meaning: 'why there is no such step',
    of: ({ layer }) => reasonOf(layer),
  },
  {
    name: 'fast_stretches',
    type: 'integer',
    meaning: 'jumps and fast rises and falls of its curve; empty where it could not be described',
    of: ({ layer }) => layer.dynamics?.fastStretches,
  },
  {
    name: 'testable',
    type: 'boolean',
    meaning: 'whether the step detector could test the series',
    of: ({ layer }) => layer.dynamics && layer.dynamics.notTestable === null,
  },
  {
    name: 'changes',
    type: 'integer',
    meaning: 'changes that the step detector found; empty where it could not test the series',
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
  return table('layers', 'one layer of one run', columns, function* () {
    for (const { run, layers } of summaries) for (const layer of layers) yield { run, seriesId, layer };
  });
}

function stabilized({ dynamics }: LayerSummary) {
  return dynamics?.stabilization.status === 'stabilized' ? dynamics.stabilization : null;
}

function reasonOf(layer: LayerSummary): string | null {
  return layer.dynamics === null || stabilized(layer) !== null
    ? null
    : stabilizationInWords(layer.dynamics.stabilization);
}
