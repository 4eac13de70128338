import type { CurveDescription, Stretch } from '../../dynamics/stretches/types.ts';
import { finiteRange } from '../../figures/finite-range.ts';
import { formatNumber } from '../../wording/numbers.ts';
import type { LayerCurve } from '../../workbench/examine-run.ts';
import { printable } from '../printable.ts';
import { brailleCurve } from './braille.ts';
import { type StepScale, stepAxis } from './step-axis.ts';

/** Lines that one curve takes, without the strip below it. */
const ROWS = 3;
/** A name of a layer takes no more than that beside its curve. */
const LONGEST_NAME = 24;
const SIGNS = { level: '─', wander: '~', rise: '/', fall: '\\' } as const;

/**
 * The curves of a run's layers for a terminal: each with its largest and smallest value at its left, and below it a strip
 * that says what it does there.
 *
 * @param columns characters that a line may have; at least 20 go to the curve
 */
export function drawLayers(
  curves: readonly LayerCurve[],
  { columns, scale = 'log' }: { readonly columns: number; readonly scale?: StepScale },
): string {
  if (curves.length === 0 || curves[0].steps.length === 0) return '';
  const axis = stepAxis(curves[0].steps, scale);
  const places = Array.from(curves[0].steps, axis.placeOf);
  const labeled = curves.map((curve) => ({ ...curve, name: printable(curve.layer).slice(0, LONGEST_NAME) }));
  const ranges = curves.map(({ values }) => finiteRange(values));
  const bounds = ranges.map((range) => [formatNumber(range?.[1]), formatNumber(range?.[0])]);
  const nameWidth = Math.max(...labeled.map(({ name }) => name.length));
  const boundWidth = Math.max(...bounds.flat().map((text) => text.length));
  const width = Math.max(20, columns - nameWidth - boundWidth - 3);
  const line = (name: string, bound: string, drawn: string): string =>
    `${name.padEnd(nameWidth)}  ${bound.padStart(boundWidth)} ${drawn}`.trimEnd();
  const blocks = labeled.map(({ name, values, curve }, c) => {
    const rows = brailleCurve(places, heightsOf(values, ranges[c]), { columns: width, rows: ROWS });
    return [
      ...rows.map((drawn, r) =>
        line(r === 0 ? name : '', r === 0 ? bounds[c][0] : r === ROWS - 1 ? bounds[c][1] : '', drawn),
      ),
      line('', '', stripOf(curve, axis.placeOf, width)),
    ];
  });
  return [...blocks.flat(), ...axis.draw(width).map((drawn) => line('', '', drawn))].join('\n');
}

/** What the signs of the strips mean. */
export const stripLegend =
  '↓ ↑ jump   \\ fall   / rise   ─ level   ~ wander (a direction that chance could give)';

function stripOf(curve: CurveDescription, placeOf: (step: number) => number, width: number): string {
  if (!curve.described) return `not described: ${printable(curve.reason)}`.slice(0, width);
  const columnOf = (step: number): number => Math.round(placeOf(step) * (width - 1));
  const strip = Array.from({ length: width }, () => ' ');
  const mark = ({ from, to }: Stretch, sign: string): void => {
    strip.fill(sign, columnOf(from.step), columnOf(to.step) + 1);
  };
  for (const stretch of curve.stretches) mark(stretch, SIGNS[stretch.kind]);
  // Jumps last: a short one would vanish below what follows it.
  for (const stretch of curve.stretches) {
    if (stretch.pace === 'jump') mark(stretch, stretch.kind === 'fall' ? '↓' : '↑');
  }
  return strip.join('');
}

/** 0 at the smallest value, 1 at the largest, one half where all are the same. */
function heightsOf(values: readonly number[], range: readonly [number, number] | null): readonly number[] {
  if (range === null) return values;
  const [low, high] = range;
  // Halves, since the difference of two huge numbers may be infinite.
  return values.map((value) =>
    high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : value - value + 0.5,
  );
}
