import type { ComparedPair, ComparedQuantity, StudyComparison } from '../../findings/comparison/types.ts';
import { type Column, type Table, table } from '../../tables/table.ts';

interface Row {
  readonly pair: ComparedPair;
  readonly quantity: ComparedQuantity;
}

/** Everything that was compared, one row each. */
export function comparisonTable({ pairs, titles, rate }: StudyComparison): Table {
  const columns: readonly Column<Row>[] = [
    { name: 'pair', type: 'text', meaning: 'network, data and condition', of: ({ pair }) => pair.title },
    {
      name: 'layer',
      type: 'text',
      meaning: 'layer; empty for whole runs',
      of: ({ quantity }) => quantity.layer,
    },
    { name: 'stretch', type: 'text', meaning: 'which rise or fall', of: ({ quantity }) => quantity.stretch },
    { name: 'kind', type: 'text', meaning: 'what is compared', of: ({ quantity }) => quantity.kind },
    { name: 'a', type: 'number', meaning: `mean in A, ${titles.a}`, of: ({ quantity }) => quantity.a.mean },
    { name: 'b', type: 'number', meaning: `mean in B, ${titles.b}`, of: ({ quantity }) => quantity.b.mean },
    {
      name: 'runs_a',
      type: 'integer',
      meaning: 'runs of A with a value',
      of: ({ quantity }) => known(quantity.a.perRun),
    },
    {
      name: 'runs_b',
      type: 'integer',
      meaning: 'runs of B with a value',
      of: ({ quantity }) => known(quantity.b.perRun),
    },
    {
      name: 'scale',
      type: 'text',
      meaning: 'whether the effect is B − A or B / A',
      of: ({ quantity }) => quantity.scale,
    },
    { name: 'effect', type: 'number', meaning: 'B − A, or B / A', of: ({ quantity }) => quantity.effect },
    {
      name: 'low',
      type: 'number',
      meaning: `lower end of its ${100 * (1 - rate)} % interval`,
      of: ({ quantity }) => quantity.interval?.[0],
    },
    { name: 'high', type: 'number', meaning: 'upper end', of: ({ quantity }) => quantity.interval?.[1] },
    {
      name: 'p_value',
      type: 'number',
      unit: '0 to 1',
      meaning: 'two-sided, of no difference',
      of: ({ quantity }) => quantity.pValue,
    },
    {
      name: 'adjusted',
      type: 'number',
      unit: '0 to 1',
      meaning: 'p-value adjusted for all that was compared (Benjamini and Hochberg)',
      of: ({ quantity }) => quantity.adjusted,
    },
    { name: 'verdict', type: 'text', meaning: 'whether it differs', of: ({ quantity }) => quantity.verdict },
    { name: 'reason', type: 'text', meaning: 'why it was not tested', of: ({ quantity }) => quantity.reason },
  ];
  return table(
    'comparison',
    'one number of two groups of runs',
    columns,
    pairs.flatMap((pair) => pair.quantities.map((quantity) => ({ pair, quantity }))),
  );
}

function known(perRun: readonly (number | null)[]): number {
  return perRun.filter((value) => value !== null).length;
}
