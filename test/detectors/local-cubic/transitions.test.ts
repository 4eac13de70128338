import { expect, test } from 'vitest';
import { transition } from '../../../src/detectors/local-cubic/change-kinds.ts';
import { looks } from '../../../src/detectors/local-cubic/looks.ts';
import { noiseModel } from '../../../src/detectors/local-cubic/noise-model.ts';
import { latestPosition, test as testOf } from '../../../src/detectors/local-cubic/scan.ts';
import { bestTransition } from '../../../src/detectors/local-cubic/transitions.ts';
import { createRandom } from '../../../src/numerics/random.ts';

/** The widths that are tried. */
const widths = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 19, 22, 26, 30, 35, 40, 46, 52, 60, 70, 80, 90];

test.each([1, 4, 12, 40])('of all transitions around a place the best explains the most: %d', (course) => {
  const rng = createRandom(`transition ${course}`);
  const values = Float64Array.from(
    { length: 400 },
    (_, t) => rng.normal() + 12 * Math.min(1, Math.max(0, (t - 199) / course)),
  );
  const t = 200 + (course >> 1);
  for (const probe of looks(values.length, noiseModel(0.3, false), 0, undefined)) {
    const best = bestTransition(values, t, probe);
    const longest = 0.2 * probe.window.length;
    let [most, mostOfLonger] = [0, 0];
    for (const width of widths.filter((tried) => tried <= 2 * longest)) {
      const kind = transition(width);
      const [first, last] = [probe.margin, latestPosition(kind, probe.window, probe.margin)];
      const middle = t - best.origin - ((width - 1) >> 1);
      for (let p = Math.max(first, middle - 10); p <= Math.min(last, middle + 10); p++) {
        const { gained } = testOf(kind, p, best.fit, probe);
        if (width > longest) mostOfLonger = Math.max(mostOfLonger, gained);
        else most = Math.max(most, gained);
      }
    }
    expect(best.gainedByLonger).toBe(mostOfLonger);
    const alone = testOf(transition(best.width), best.start - best.origin, best.fit, probe);
    expect([best.gained, best.size, best.statistic]).toEqual([alone.gained, alone.size, alone.statistic]);
    // Between the widths that are tried one may explain more; a step stands for what explains little more.
    if (best.width > 1) expect(best.gained).toBeGreaterThanOrEqual(most);
    if (course === 12 && longest > course) expect(best.width).toBeGreaterThan(course / 2);
  }
});
