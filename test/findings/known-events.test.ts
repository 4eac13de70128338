import { describe, expect, it } from 'vitest';
import { runOf } from '../../src/derived/run-of.ts';
import { inWords, scoreEvents } from '../../src/findings/known-events.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import type { Run, RunEvent } from '../../src/measurements/types.ts';

const steps = Array.from({ length: 120 }, (_, i) => 10 * i);

/** A curve that rises from 2 to 5 around a step, with a little jitter. */
function risingAt(place: number, seed: number): number[] {
  return steps.map(
    (step) => 2 + 3 / (1 + Math.exp(-(step - place) / 20)) + 0.01 * Math.sin(seed + step * step),
  );
}

function runWith(events: readonly RunEvent[], seed: number): Run {
  const run = runOf({
    id: `run${seed}`,
    steps,
    layers: {
      first: { participation_ratio: risingAt(400, seed) },
      second: { participation_ratio: risingAt(800, seed) },
    },
  });
  return { ...run, events };
}

const scored = (events: readonly RunEvent[]) => {
  const runs = [0, 1].map((seed) => runWith(events, seed));
  return scoreEvents(runs, analyzeStudy(runs).runs);
};

describe('events that are known', () => {
  it('are found in the curve that moves there, in every run', () => {
    const [early, late] = scored([
      { step: 400, name: 'the first layer' },
      { step: 800, name: 'the second' },
    ]);
    expect(early).toMatchObject({ runs: 2, found: 2, nearest: { curve: 'first', kind: 'rise' } });
    expect(Math.abs(early.nearest!.step - 400)).toBeLessThanOrEqual(20);
    expect(late.nearest).toMatchObject({ curve: 'second', kind: 'rise' });
    expect(inWords(early)).toMatch(
      /^the first layer \(step 400\): first rises, half-way at step \d+ \[\d+, \d+\]; found in 2 of 2 runs$/,
    );
  });

  it('are said not to be found where nothing moves', () => {
    const [event] = scored([{ step: 1150, name: 'nothing' }]);
    expect(event).toMatchObject({ runs: 2, found: 0, nearest: null });
    expect(inWords(event)).toBe('nothing (step 1,150): not found in any of 2 runs');
  });

  it('are none where no run has any', () => {
    expect(scored([])).toEqual([]);
  });
});
