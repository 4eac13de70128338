import { jumpRate, rateRatio } from '../../dynamics/rates.ts';
import { describeCurve } from '../../dynamics/stretches/describe-curve.ts';
import { fastStretches } from '../../dynamics/stretches/fast-stretches.ts';
import type { Run } from '../../measurements/types.ts';
import { mean } from '../../numerics/moments.ts';
import { compareValues, type TestedQuantity } from './compare-values.ts';

export interface QuantityOptions {
  readonly seriesId: string;
  readonly alpha: number;
}

/** What is compared of runs as a whole: how well they learned, and how often their layers jump. */
export function runQuantities(
  a: readonly Run[],
  b: readonly Run[],
  layers: readonly string[],
  { seriesId, alpha }: QuantityOptions,
): TestedQuantity[] {
  const confidence = 1 - alpha;
  const compared = (
    kind: TestedQuantity['kind'],
    of: (run: Run) => number | null,
    scale: TestedQuantity['scale'],
  ): TestedQuantity[] => {
    const [valuesA, valuesB] = [a.map(of), b.map(of)];
    const known = [...valuesA, ...valuesB].flatMap((value) => value ?? []);
    if (known.length === 0) return [];
    // A loss that is not above 0 has no ratio.
    const by = scale === 'ratio' && known.some((value) => value <= 0) ? 'difference' : scale;
    return [compareValues({ kind, layer: null, stretch: null }, valuesA, valuesB, { scale: by, confidence })];
  };
  return [
    ...compared('accuracy', ({ evaluations }) => evaluations.at(-1)?.accuracy ?? null, 'difference'),
    ...compared('held-out loss', ({ evaluations }) => finite(evaluations.at(-1)?.loss), 'ratio'),
    ...compared('training loss', ({ loss }) => lastTenth(loss), 'ratio'),
    ...jumpRates(a, b, layers, seriesId, alpha),
  ];
}

/** The mean of the last tenth of a series, without what is not finite; null where nothing is left. */
export function lastTenth(values: Float64Array): number | null {
  const count = Math.max(1, Math.round(values.length / 10));
  const last = [...values.subarray(Math.max(0, values.length - count))].filter(Number.isFinite);
  return last.length === 0 ? null : mean(last);
}

/** Jumps and fast stretches per layer and 1,000 steps: the ratio of two rates, exact for independent jumps. */
function jumpRates(
  a: readonly Run[],
  b: readonly Run[],
  layers: readonly string[],
  seriesId: string,
  alpha: number,
): TestedQuantity[] {
  const [sideA, sideB] = [a, b].map((runs) => {
    const counted = runs.map((run) => jumpsIn(run, layers, seriesId, alpha));
    const total = (of: (run: JumpCount) => number) => counted.reduce((sum, run) => sum + of(run), 0);
    const rate = jumpRate(
      total(({ count }) => count),
      total(({ covered }) => covered),
    );
    const perRun = counted.map(({ count, covered }) => (covered > 0 ? (1000 * count) / covered : null));
    return { rate, values: { perRun, mean: rate.determined ? rate.per1000 : null } };
  });
  const subject = { kind: 'jump rate', layer: null, stretch: null, scale: 'ratio' } as const;
  const known = { ...subject, a: sideA.values, b: sideB.values };
  if (!sideA.rate.determined || !sideB.rate.determined) return [];
  if (sideA.rate.count === 0) {
    if (sideB.rate.count === 0) return [];
    // The other way round the ratio is finite.
    const inverse = rateRatio(sideA.rate, sideB.rate, 1 - alpha);
    const pValue = inverse.determined ? inverse.pValue : null;
    return [{ ...known, effect: null, interval: null, pValue, reason: null }];
  }
  const found = rateRatio(sideB.rate, sideA.rate, 1 - alpha);
  if (!found.determined)
    return [{ ...known, effect: null, interval: null, pValue: null, reason: found.reason }];
  return [{ ...known, effect: found.ratio, interval: found.interval, pValue: found.pValue, reason: null }];
}

interface JumpCount {
  readonly count: number;
  /** Layers described times steps covered. */
  readonly covered: number;
}

function jumpsIn(
  { steps, layers }: Run,
  names: readonly string[],
  seriesId: string,
  alpha: number,
): JumpCount {
  const covered = steps.length === 0 ? 0 : steps[steps.length - 1] - steps[0];
  const curves = layers
    .filter(({ name }) => names.includes(name))
    .map(({ series }) => describeCurve({ steps, values: series.get(seriesId)!.values }, { alpha }))
    .filter(({ described }) => described);
  return {
    count: curves.reduce((sum, curve) => sum + fastStretches(curve).length, 0),
    covered: covered * curves.length,
  };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
