import { describe, expect, it } from 'vitest';
import { describeCurve } from '../../../src/dynamics/stretches/describe-curve.ts';
import { describeSeeds } from '../../../src/dynamics/stretches/describe-seeds.ts';
import { firstMove, type TimedLayer, timedMoves } from '../../../src/findings/timing/first-moves.ts';
import { createRandom } from '../../../src/numerics/random.ts';

/** Level at 1, then at 3 from `at` on, with some jitter. */
function risesAt(at: number, seed: number) {
  const rng = createRandom(`rises at ${at}, seed ${seed}`);
  const steps = Float64Array.from({ length: 200 }, (_, i) => 5 * i);
  return {
    steps,
    values: steps.map((step) => 1 + 2 / (1 + Math.exp((at - step) / 12)) + 0.05 * rng.normal()),
  };
}

const overSeeds = (layer: string, depth: number, at: number): TimedLayer => {
  const curve = describeSeeds([0, 1, 2].map((seed) => risesAt(at + 4 * seed, seed)));
  if (!curve.described) throw new Error(curve.reason);
  return { layer, depth, moves: timedMoves(curve.stretches, 1) };
};

describe('the movements of a network’s layers', () => {
  it('are its rises and falls with where they are half-way, of a run between its measurements', () => {
    const curve = describeCurve(risesAt(300, 7));
    if (!curve.described) throw new Error(curve.reason);
    const [move, ...others] = timedMoves(curve.stretches, 1);
    expect(others).toEqual([]);
    expect(move).toMatchObject({ kind: 'rise', holds: true, overSeeds: null });
    expect(Math.abs(move.half - 300)).toBeLessThan(15);
    expect(move.interval![0]).toBeLessThanOrEqual(move.half);
    expect(timedMoves(curve.stretches, 0)[0].holds).toBe(false);
  });

  it('over seeds have the interval of the seeds, and an order that is tested seed by seed', () => {
    const first = firstMove([
      overSeeds('late', 0, 500),
      overSeeds('early', 1, 200),
      overSeeds('next', 2, 350),
    ]);
    expect(first).toMatchObject({ layer: 'early', move: { kind: 'rise' }, next: { layer: 'next' } });
    const { half, interval } = first!.move;
    expect(Math.abs(half - 204)).toBeLessThan(12);
    expect(interval![0]).toBeLessThan(204);
    expect(interval![1]).toBeGreaterThan(204);
    // Both layers are four steps later in each further seed: only the difference of 150 remains.
    const later = first!.next!.later;
    if (!later.determined) throw new Error(later.reason);
    expect(later.method).toBe('paired');
    expect(Math.abs(later.value - 150)).toBeLessThan(10);
    expect(later.interval[0]).toBeGreaterThan(100);
  });

  it('have no order where nothing holds, and none that is sure of a single run', () => {
    const curve = describeCurve(risesAt(300, 1));
    const moves = curve.described ? timedMoves(curve.stretches, 1) : [];
    expect(
      firstMove([{ layer: 'a', depth: 0, moves: moves.map((move) => ({ ...move, holds: false })) }]),
    ).toBe(null);
    expect(firstMove([{ layer: 'a', depth: 0, moves }])).toMatchObject({ layer: 'a', next: null });
    const two = firstMove([
      { layer: 'a', depth: 0, moves },
      { layer: 'b', depth: 1, moves },
    ]);
    expect(two?.next?.later).toMatchObject({ determined: false });
  });
});
