import { describe, expect, it } from 'vitest';
import { readRun } from '../../../src/measurements/log-store.ts';
import { createStudy } from '../../../src/measurements/study-store.ts';
import { measureCheckpoints, mechanismMeasures } from '../../../src/mechanisms/measures.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { checkpointReadings } from '../../../src/study/checkpoint-readings.ts';
import { executeRun } from '../../../src/study/execute-run.ts';
import { mechanismRecords, mechanismTracks, trackedSubjects } from '../../../src/study/mechanism-records.ts';
import { planModel } from '../../../src/study/plan-model.ts';
import { runFiles } from '../../../src/study/run-store.ts';
import { assertTracks, trackMeters } from '../../../src/study/tracks/track-meters.ts';
import { initialWeights } from '../../../src/training/train.ts';
import { sampleManifest } from '../../measurements/fixtures.ts';
import { smallDigits, smallPlan, temporaryFolder } from '../small-study.ts';

const tracked = { attention: { at: [0, 5, 11] }, filters: { every: 5 }, units: { at: [0, 5, 11] } };
const networks = [
  { name: 'tiny', family: 'transformer', width: 8, heads: 2, blocks: 1 },
  { name: 'tiny', family: 'cnn', channels: [3, 2] },
  { name: 'tiny', family: 'mlp', hidden: [6, 5] },
] as const;

describe.each(networks.map((network) => [network.family, network] as const))(
  'the tracks of a %s',
  (_, network) => {
    const plan = smallPlan({
      architectures: [structuredClone(network) as never],
      ...tracked,
      checkpoints: { at: [0, 5, 11] },
    });
    const model = planModel(plan, smallDigits);

    it('have the names and values of the measures at its checkpoints, to the last digit', async () => {
      const folder = temporaryFolder();
      createStudy(folder, sampleManifest([plan.id]));
      await executeRun(plan, smallDigits, runFiles(folder, plan));
      const { tracks = [] } = readRun(folder, plan.id);
      const wanted = new Map<string, unknown>();
      const readings = [];
      for await (const reading of checkpointReadings(folder, plan, smallDigits)) readings.push(reading);
      for (const { measure, subject, step, value } of measureCheckpoints(readings)) {
        wanted.set(`${measure} ${subject} ${step}`, value.determined ? value.value : value.reason);
      }
      expect(tracks.map(({ id }) => id)).toEqual(
        network.family === 'transformer' ? ['attention', 'filters', 'units'] : ['filters', 'units'],
      );
      let compared = 0;
      for (const { steps, subjects, id } of tracks) {
        for (const { name, series } of subjects) {
          for (const [measure, { values, undetermined }] of series) {
            expect(mechanismMeasures[measure as keyof typeof mechanismMeasures].subject).toBe(
              mechanismTracks[id as keyof typeof mechanismTracks],
            );
            steps.forEach((step, i) => {
              const of = wanted.get(`${measure} ${name} ${step}`);
              if (of === undefined) return;
              expect(
                !Number.isNaN(values[i]) ? values[i] : undetermined.find(({ index }) => index === i)?.reason,
              ).toEqual(of);
              compared++;
            });
          }
        }
      }
      expect(compared).toBeGreaterThan(50);
    });

    it('say why they have no values where a weight is no number', async () => {
      const weights = initialWeights(model, createRandom(1));
      for (const { data } of weights.values()) data.fill(Number.NaN);
      const probe = {
        ...smallDigits,
        count: 20,
        inputs: smallDigits.inputs.subarray(0, 20 * 784),
        labels: smallDigits.labels.subarray(0, 20),
      };
      const records = mechanismRecords(model, probe, 1);
      for (const track of ['attention', 'filters', 'units'] as const) {
        const subjects = trackedSubjects(model, track);
        const found = await records.take(track, weights);
        expect(found).toHaveLength(subjects.length);
        for (const { values } of found) {
          for (const value of Object.values(values)) {
            expect(value).toMatchObject({ determined: false, reason: expect.stringMatching(/\w/) });
          }
        }
      }
      await records.close();
    });
  },
);

describe('a network without attention', () => {
  it('has no attention track, wherever it is asked for', () => {
    const plan = smallPlan(tracked);
    assertTracks(plan);
    const ids = trackMeters(plan, planModel(plan, smallDigits), smallDigits).map(({ header }) => header.id);
    expect(ids).toEqual(['filters', 'units']);
  });
});
