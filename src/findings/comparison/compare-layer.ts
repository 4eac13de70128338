import { describeCurve } from '../../dynamics/stretches/describe-curve.ts';
import { describeSeeds } from '../../dynamics/stretches/describe-seeds.ts';
import { halfGap } from '../../dynamics/stretches/seeds/seeds-in-tile.ts';
import type { SeedStretch, SeedsDescription } from '../../dynamics/stretches/seeds/types.ts';
import { sentenceOf } from '../../dynamics/stretches/sentence.ts';
import type { Stretch } from '../../dynamics/stretches/types.ts';
import type { Run } from '../../measurements/types.ts';
import { brief } from '../../wording/sentences.ts';
import { compareValues, type TestedQuantity } from './compare-values.ts';
import { matchStretches } from './matched-stretches.ts';
import { lastTenth, type QuantityOptions } from './run-quantities.ts';
import type { ComparedLayer, LayerDescription, SideCurve } from './types.ts';

/** A layer that both sides have: what it does on either, and the numbers that are compared. */
export function compareLayer(
  layer: string,
  a: readonly Run[],
  b: readonly Run[],
  { seriesId, alpha }: QuantityOptions,
): { readonly layer: ComparedLayer; readonly quantities: readonly TestedQuantity[] } {
  const [curvesA, curvesB] = [a, b].map((runs) => runs.map((run) => curveOf(run, layer, seriesId)));
  const [sideA, sideB] = [curvesA, curvesB].map((curves) => describe(curves, alpha));
  const matched = sideA.described && sideB.described ? matchStretches(sideA.stretches, sideB.stretches) : [];
  const final = compareValues(
    { kind: 'final value', layer, stretch: null },
    curvesA.map(({ values }) => lastTenth(values)),
    curvesB.map(({ values }) => lastTenth(values)),
    { scale: 'difference', confidence: 1 - alpha },
  );
  const counts = { rise: 0, fall: 0 };
  const stretches =
    isOverSeeds(sideA) && isOverSeeds(sideB)
      ? matched.flatMap((match) => {
          const stretch = `${match.kind} ${++counts[match.kind]}`;
          const [one, other] = [sideA.stretches[match.a], sideB.stretches[match.b]];
          return compareStretch({ layer, stretch }, one, other, curvesA[0].steps, alpha);
        })
      : [];
  return {
    layer: {
      layer,
      curves: { a: drawn(sideA, curvesA[0]), b: drawn(sideB, curvesB[0]) },
      ...{ a: sideA, b: sideB },
      said: { a: sentenceOf(sideA), b: sentenceOf(sideB) },
      onlyIn: {
        a: leftOver(
          sideA,
          matched.map((match) => match.a),
        ),
        b: leftOver(
          sideB,
          matched.map((match) => match.b),
        ),
      },
    },
    quantities: [final, ...stretches],
  };
}

function compareStretch(
  of: { readonly layer: string; readonly stretch: string },
  a: SeedStretch,
  b: SeedStretch,
  steps: Float64Array,
  alpha: number,
): TestedQuantity[] {
  const [timesA, timesB] = [a, b].map(({ timing }) => timing?.half.perSeed ?? []);
  const confidence = 1 - alpha;
  // Places are known no finer than measurements are taken: evenly spread over one interval.
  const gap = 2 * Math.max(...[a, b].map(({ half, from }) => halfGap(steps, (half ?? from).index)));
  return [
    compareValues({ kind: 'amplitude', ...of }, a.amplitudes?.perSeed ?? [], b.amplitudes?.perSeed ?? [], {
      scale: 'difference',
      confidence,
    }),
    compareValues({ kind: 'half-way step', ...of }, timesA, timesB, {
      ...{ scale: 'difference', confidence },
      leastVariance: gap ** 2 / 12,
    }),
  ];
}

interface LayerCurve {
  readonly steps: Float64Array;
  readonly values: Float64Array;
}

function curveOf({ steps, layers }: Run, name: string, seriesId: string): LayerCurve {
  return { steps, values: layers.find((layer) => layer.name === name)!.series.get(seriesId)!.values };
}

function describe(curves: readonly LayerCurve[], alpha: number): LayerDescription {
  return curves.length > 1 ? describeSeeds(curves, { alpha }) : describeCurve(curves[0], { alpha });
}

/** The mean over seeds; where there is one run only, or none that could be described, the first. */
function drawn(description: LayerDescription, first: LayerCurve): SideCurve {
  if (!isOverSeeds(description)) return { steps: first.steps, values: first.values };
  const { steps, mean, low, high } = description.curve;
  return { steps, values: mean, band: { low, high } };
}

function isOverSeeds(
  description: LayerDescription,
): description is Extract<SeedsDescription, { described: true }> {
  return description.described && 'seeds' in description;
}

/** Rises and falls without a counterpart, in words. */
function leftOver(description: LayerDescription, matched: readonly number[]): string[] {
  if (!description.described) return [];
  return description.stretches.flatMap((stretch: Stretch, place) => {
    const { kind, fromValue, toValue, from, to } = stretch;
    if ((kind !== 'rise' && kind !== 'fall') || matched.includes(place)) return [];
    return [
      `${kind}s from ${brief(fromValue)} to ${brief(toValue)} in steps ${brief(from.step)}–${brief(to.step)}`,
    ];
  });
}
