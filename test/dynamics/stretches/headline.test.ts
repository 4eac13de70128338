import { describe, expect, it } from 'vitest';
import { describeCurve } from '../../../src/dynamics/stretches/describe-curve.ts';
import { describeSeeds } from '../../../src/dynamics/stretches/describe-seeds.ts';
import { headlineOf } from '../../../src/dynamics/stretches/headline.ts';
import { noisyCurve, ramp, walk } from './curves.ts';

const seriesOf = (values: Float64Array) => ({ steps: Float64Array.from(values, (_, i) => 5 * i), values });
const falling = (to: number, back: number, seed: string) =>
  noisyCurve(400, (i) => 20 - (20 - to) * ramp(0, 10)(i) + back * ramp(20, 100)(i), 0.05, seed);
const layersOf = (...series: readonly Float64Array[]) =>
  series.map((values, l) => ({ layer: `network.${2 * l}`, curve: describeCurve(seriesOf(values)) }));

describe('what layers do together, in one sentence', () => {
  it('says which way they go, by how much, by when, and which of them turn', () => {
    expect(headlineOf(layersOf(falling(4, 2, 'a'), falling(8, 0, 'b'), falling(10, 0, 'c')))).toMatch(
      /^all 3 layers fall \(−50 to −80 %\), by step (4\d–)?[56]\d; network\.0 rises later \(\+5\d %\)$/,
    );
    expect(headlineOf(layersOf(falling(4, 2, 'a'), falling(4, 2, 'd')))).toMatch(
      /^both layers fall \(−80 %\), by step [45]\d(–[56]\d)?; they rise later \(\+5\d( to \+5\d)? %\)$/,
    );
  });

  it('names the one that goes the other way, wanders, does not move or cannot be described', () => {
    const rising = noisyCurve(400, (i) => 2 + 3 * ramp(100, 30)(i), 0.05, 'up');
    const still = noisyCurve(400, () => 3, 0.1, 'still');
    const empty = new Float64Array(400).fill(Number.NaN);
    const wandering = walk(400, 3);
    expect(
      headlineOf(layersOf(falling(4, 0, 'a'), falling(4, 0, 'b'), rising, still, wandering, empty)),
    ).toMatch(
      /^2 of 6 layers fall \(.*; network\.4 rises \(.*; network\.8 moves without a direction that was shown; network\.6 shows no movement beyond the noise; 1 of 6 layers could not be described$/,
    );
  });

  it('does not say that a layer falls which wandered further than it fell', () => {
    const [layer] = layersOf(falling(4, 0, 'a'));
    if (!layer.curve.described) throw new Error(layer.curve.reason);
    const [fall] = layer.curve.stretches;
    const wander = {
      ...fall,
      kind: 'wander',
      pace: null,
      amplitude: { value: -20, interval: [-21, -19] },
    } as const;
    const curve = { ...layer.curve, stretches: [wander, ...layer.curve.stretches] };
    expect(headlineOf([{ layer: 'fc', curve }])).toBe('the layer moves without a direction that was shown');
  });

  it('says of a fall that does not hold over all curves how far it goes, and that it does not hold', () => {
    const layers = layersOf(falling(4, 0, 'a'), falling(8, 0, 'b'));
    const least = Math.min(
      ...layers.flatMap(({ curve }) =>
        curve.described ? curve.stretches.flatMap(({ pValue }) => pValue ?? []) : [],
      ),
    );
    expect(headlineOf(layers, { threshold: least / 2 })).toMatch(
      /^both layers fall \(−60 to −80 %\), by step [45]\d(–[56]\d)?, which does not hold over all curves$/,
    );
  });

  it('takes the timing of the seeds where there are several', () => {
    const curve = describeSeeds(['x', 'y', 'z'].map((seed) => seriesOf(falling(4, 0, seed))));
    expect(headlineOf([{ layer: 'fc', curve }])).toMatch(/^the layer falls \(−80 %\), by step [45]\d$/);
  });

  it('says why there is nothing to say', () => {
    expect(headlineOf([])).toBe('no layer was measured');
    expect(headlineOf(layersOf(new Float64Array(3)))).toBe(
      'no curve could be described: 3 measurements; at least 12 are needed',
    );
  });
});
