import { formatCsv } from '../../../tables/csv.ts';
import type { Cell } from '../../../tables/table.ts';
import type { ChartContent } from './curve.ts';

/**
 * What a chart shows between two steps as CSV, one row a measurement: what is known of its line, the step, the value; of means over runs
 * lowest and highest, of smoothed lines both values.
 */
export function curvesCsv(
  { curves, title, smoothing }: Pick<ChartContent, 'curves' | 'title' | 'smoothing'>,
  [low, high]: readonly [number, number],
): string {
  const facts = [...new Set(curves.flatMap((curve) => Object.keys(curve.facts)))];
  const isSmoothed = curves.some(({ raw }) => raw !== null);
  const isPooled = curves.some(({ band }) => band !== null);
  const names = [
    ...facts,
    'quantity',
    'step',
    isPooled ? 'mean' : 'value',
    ...(isPooled ? ['lowest', 'highest'] : []),
    ...(isSmoothed ? [`mean_of_${smoothing}`] : []),
  ];
  const rows: Cell[][] = [];
  for (const { facts: own, steps, values, raw, band } of curves) {
    for (const [i, step] of steps.entries()) {
      if (step < low || step > high) continue;
      rows.push([
        ...facts.map((name) => own[name]),
        title,
        step,
        written((raw ?? values)[i]),
        ...(isPooled ? [written(band?.low[i]), written(band?.high[i])] : []),
        ...(isSmoothed ? [written(values[i])] : []),
      ]);
    }
  }
  return formatCsv({ columns: names.map((name) => ({ name, type: 'text', meaning: '' })), rows });
}

/** The shortest decimal that reads back as the same number in single precision. */
function written(value: number | undefined): Cell {
  if (value === undefined || !Number.isFinite(value)) return null;
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
