import { type Table, table } from '../tables/table.ts';
import type { StudyLandscape } from '../workbench/measure-landscape.ts';

const run = { name: 'run', type: 'text', meaning: 'name of the run' } as const;
const step = { name: 'step', type: 'integer', unit: 'training steps', meaning: 'of the checkpoint' } as const;

/** The tables of the loss around checkpoints; those of what was not measured have no row. */
export function landscapeTables({ values, spectra, chains }: StudyLandscape): Table[] {
  return [
    table(
      'landscape',
      'one number about the loss around one checkpoint',
      [
        { ...run, of: (row) => row.run },
        { ...step, of: (row) => row.step },
        { name: 'measure', type: 'text', meaning: 'what was measured', of: ({ measure }) => measure },
        {
          name: 'value',
          type: 'number',
          meaning: 'in the unit of the measure',
          of: ({ value }) => (value.determined ? value.value : null),
        },
        {
          name: 'standard_error',
          type: 'number',
          meaning: 'of a value that was drawn at random, over probes or chains',
          of: ({ standardError }) => standardError,
        },
        {
          name: 'undetermined',
          type: 'text',
          meaning: 'why there is no value',
          of: ({ value }) => (value.determined ? null : value.reason),
        },
        {
          name: 'remark',
          type: 'text',
          meaning: 'what speaks against it',
          of: ({ remark }) => remark || null,
        },
      ],
      values,
    ),
    table(
      'hessian_spectrum',
      'one node of one probe: a share of the Hessian’s eigenvalues lies around it',
      [
        { ...run, of: (row) => row.run },
        { ...step, of: (row) => row.step },
        { name: 'probe', type: 'integer', meaning: 'counted from 1', of: ({ probe }) => probe },
        { name: 'eigenvalue', type: 'number', meaning: 'the node', of: ({ node }) => node },
        {
          name: 'share',
          type: 'number',
          unit: '0 to 1',
          meaning: 'of all eigenvalues',
          of: ({ weight }) => weight,
        },
      ],
      spectra.flatMap(({ probes, ...at }) =>
        probes.flatMap(({ nodes, weights }, i) =>
          Array.from(nodes, (node, k) => ({ ...at, probe: i + 1, node, weight: weights[k] })),
        ),
      ),
    ),
    table(
      'learning_coefficient_chains',
      'the loss at one step of one chain, burn-in first',
      [
        { ...run, of: (row) => row.run },
        { ...step, of: (row) => row.step },
        { name: 'chain', type: 'integer', meaning: 'counted from 1', of: ({ chain }) => chain },
        { name: 'draw', type: 'integer', meaning: 'step of the chain, from 0 on', of: ({ draw }) => draw },
        { name: 'loss', type: 'number', meaning: 'of the batch drawn there', of: ({ loss }) => loss },
      ],
      chains.flatMap(({ losses, ...at }) =>
        losses.flatMap((course, i) =>
          Array.from(course, (loss, draw) => ({ ...at, chain: i + 1, draw, loss })),
        ),
      ),
    ),
  ];
}
