import { expect, it } from 'vitest';
import { detectorNames } from '../../src/detectors/registry.ts';
import { studyAgreement } from '../../src/findings/study-agreement.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { steps } from '../dynamics/planted-series.ts';

it('compares all detectors on the layers of a study: they share an obvious jump', () => {
  const rng = createRandom(3);
  const layers = [0, 1, 2].map(() => Float64Array.from(steps, (_, i) => rng.normal() + (i >= 200 ? 12 : 0)));
  const { detectors, metrics, margin } = studyAgreement([plantedRun(layers)], 'stable_rank');
  expect(margin).toBe(5 * (steps[1] - steps[0]));
  expect(detectors.totals.map(({ name }) => name)).toEqual(detectorNames);
  expect(detectors.pairs).toHaveLength((detectorNames.length * (detectorNames.length - 1)) / 2);
  const pair = detectors.pairs.find(({ first, second }) => first === 'local-cubic' && second === 'pelt');
  expect(pair).toMatchObject({ series: 3, matched: 3 });
  expect(metrics.totals).toMatchObject([{ name: 'stable_rank', tested: 3, changes: 3 }]);
});
