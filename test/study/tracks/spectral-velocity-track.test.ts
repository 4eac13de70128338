import { describe, expect, it } from 'vitest';
import { readRun } from '../../../src/measurements/log-store.ts';
import { spectralVelocity } from '../../../src/spectra/spectral-velocity.ts';
import { executeRun } from '../../../src/study/execute-run.ts';
import { runFiles } from '../../../src/study/run-store.ts';
import { smallDigits, smallPlan, temporaryFolder } from '../small-study.ts';

async function velocityOf(changes: Parameters<typeof smallPlan>[0]) {
  const plan = smallPlan(changes);
  const folder = temporaryFolder();
  await executeRun(plan, smallDigits, runFiles(folder, plan));
  return readRun(folder, plan.id).tracks!.find(({ id }) => id === 'spectral-velocity')!;
}

describe('the spectral velocity while training', () => {
  it('is that of the logged spectra, measurement by measurement', async () => {
    const { steps, subjects } = await velocityOf({ spectralVelocity: { every: 4 } });
    expect(Array.from(steps)).toEqual([0, 4, 8]);
    for (const { series, singularValues } of subjects) {
      const { values, undetermined } = series.get('spectral_velocity')!;
      expect(undetermined).toEqual([{ index: 0, reason: 'no measurement before' }]);
      for (const i of [1, 2]) {
        const expected = spectralVelocity(singularValues![i - 1], singularValues![i]);
        expect(expected.determined && expected.value).toBe(values[i]);
      }
    }
  });

  it('says of a frozen layer that it does not move', async () => {
    const { subjects } = await velocityOf({
      spectralVelocity: { every: 4 },
      interventions: [{ at: 1, freeze: 'network.0' }],
    });
    const reasonsOf = (name: string) =>
      subjects
        .find((subject) => subject.name === name)!
        .series.get('spectral_velocity')!
        .undetermined.map(({ reason }) => reason);
    expect(reasonsOf('network.0.weight')).toEqual(['no measurement before', 'no movement', 'no movement']);
    expect(reasonsOf('network.2.weight')).toEqual(['no measurement before']);
  });
});
