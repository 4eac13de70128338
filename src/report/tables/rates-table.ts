import type { GroupRate } from '../../findings/group-rates.ts';
import { type Column, type Table, table } from '../../tables/table.ts';

const columns: readonly Column<GroupRate>[] = [
  { name: 'by', type: 'text', meaning: 'what runs are grouped by', of: ({ by }) => by },
  { name: 'group', type: 'text', meaning: 'the group', of: ({ group }) => group },
  { name: 'runs', type: 'integer', meaning: 'runs in it', of: ({ runs }) => runs },
  {
    name: 'layers',
    type: 'integer',
    meaning: 'layers whose curves could be described',
    of: ({ layers }) => layers,
  },
  {
    name: 'jumps',
    type: 'integer',
    meaning: 'jumps and fast rises and falls in them; empty where there is no such layer',
    of: ({ layers, rate }) => (layers === 0 ? null : rate.count),
  },
  {
    name: 'layer_steps',
    type: 'integer',
    unit: 'training steps',
    meaning: 'exposure: steps covered, summed over these layers',
    of: ({ rate }) => rate.layerSteps,
  },
  {
    name: 'per_1000_steps',
    type: 'number',
    unit: '1 per 1,000 training steps',
    meaning: 'jumps and fast stretches per layer and 1,000 steps',
    of: ({ rate }) => (rate.determined ? rate.per1000 : null),
  },
  {
    name: 'low',
    type: 'number',
    unit: '1 per 1,000 training steps',
    meaning: 'lower end of its interval',
    of: ({ rate }) => (rate.determined ? rate.interval[0] : null),
  },
  {
    name: 'high',
    type: 'number',
    unit: '1 per 1,000 training steps',
    meaning: 'upper end of its interval',
    of: ({ rate }) => (rate.determined ? rate.interval[1] : null),
  },
  {
    name: 'reason',
    type: 'text',
    meaning: 'why there is no rate',
    of: ({ rate }) => (rate.determined ? null : rate.reason),
  },
  {
    name: 'tested_layers',
    type: 'integer',
    meaning: 'layers whose series the step detector could test',
    of: ({ detected }) => detected.layers,
  },
  {
    name: 'detected_jumps',
    type: 'integer',
    meaning: 'jumps that it found in them; empty where it could test none',
    of: ({ detected }) => (detected.layers === 0 ? null : detected.rate.count),
  },
];

/** How often jumps come, by family and by architecture. */
export function ratesTable(rates: readonly GroupRate[]): Table {
  return table('rates', 'one group of runs', columns, rates);
}
