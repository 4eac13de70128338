import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunMessage } from '../../../src/live/messages.ts';
import { emptyState, take } from '../../../src/live/page/study-state.ts';

const whole = Array.from({ length: 20 }, (_, i) => i);

/** The measurements of a run from one place to another. */
function part(from: number, to: number): RunMessage {
  const places = whole.slice(from, to);
  return {
    ...{
      type: 'run',
      run: 'r',
      architecture: 'a',
      dataset: 'd',
      seed: 0,
      plannedSteps: 100,
      layers: ['l', 'm'],
    },
    ...{ status: 'open', reason: null, changed: null, evaluations: [], events: [], from },
    steps: places.map((i) => 5 * i),
    loss: places.map((i) => i / 10),
    values: [places.map((i) => i), places.map((i) => -i)],
  };
}

describe('what the page knows', () => {
  it('has every measurement once, whatever of it is told again', () => {
    const places = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 30 });
    fc.assert(
      fc.property(places, (told) => {
        const state = emptyState();
        take(state, part(0, 5));
        for (const [a, b] of told) {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const has = state.runs.get('r')!.steps.length;
          // A server tells to the end of what there is: never less than it told before.
          if (to < has) continue;
          expect(take(state, part(from, to))).toBe(from > has ? 'gap' : 'r');
        }
        const { steps, loss, values } = state.runs.get('r')!;
        const count = steps.length;
        expect(steps).toEqual(whole.slice(0, count).map((i) => 5 * i));
        expect(loss).toHaveLength(count);
        expect(values).toEqual([whole.slice(0, count), whole.slice(0, count).map((i) => -i)]);
      }),
    );
  });

  it('lets go of what a run was that began anew, and of runs that are no more', () => {
    const state = emptyState();
    take(state, part(0, 10));
    take(state, { type: 'curves', run: 'r', upTo: 45, layers: [] });
    take(state, part(0, 3));
    expect(state.runs.get('r')).toMatchObject({ steps: [0, 5, 10], curves: null });
    take(state, {
      ...{
        type: 'study',
        title: '',
        runs: [],
        metric: null,
        metricTitle: '',
        metrics: [],
        alpha: 0.05,
        notes: [],
      },
    });
    expect(state.runs.size).toBe(0);
  });

  it('says where something is missing, and keeps what it has', () => {
    const state = emptyState();
    expect(take(state, part(3, 5))).toBe('gap');
    take(state, part(0, 2));
    expect(take(state, part(3, 5))).toBe('gap');
    expect(state.runs.get('r')!.steps).toEqual([0, 5]);
  });
});
