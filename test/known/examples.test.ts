import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trackCurve } from '../../src/known/curves.ts';
import { knownTransitions } from '../../src/known/known-transitions.ts';
import { readRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import type { Run } from '../../src/measurements/types.ts';
import { checkPlans } from '../../src/study/check-plans.ts';
import { openDataset } from '../../src/study/dataset-store.ts';
import { executeRun } from '../../src/study/execute-run.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import { runFiles } from '../../src/study/run-store.ts';
import { checkStudyFile, parseStudyFile, type StudyFile } from '../../src/study/study-file.ts';
import { sampleManifest } from '../measurements/fixtures.ts';
import { itWith, patience } from '../requirements.ts';
import { temporaryFolder } from '../study/small-study.ts';

const examples = resolve(import.meta.dirname, '../../examples');
const studyOf = (name: string): StudyFile =>
  parseStudyFile(readFileSync(`${examples}/${name}.yaml`, 'utf8'), `${name}.yaml`);

/** Some of the runs of a study, trained on this thread. */
async function runsOf(study: StudyFile): Promise<Run[]> {
  const plans = planRuns(study);
  const folder = temporaryFolder();
  createStudy(folder, sampleManifest(plans.map(({ id }) => id)));
  const runs: Run[] = [];
  for (const plan of plans) {
    await executeRun(plan, openDataset(plan), runFiles(folder, plan));
    runs.push(readRun(folder, plan.id));
  }
  return runs;
}

const transitionNamed = (name: string) => knownTransitions.find((one) => one.name === name)!;

describe('the examples', () => {
  it('are the studies of the known transitions, one each', () => {
    const files = readdirSync(examples).filter((file) => file.endsWith('.yaml'));
    expect(files.map((file) => file.replace('.yaml', '')).sort()).toEqual(
      knownTransitions.map(({ name }) => name).sort(),
    );
  });

  it.each(knownTransitions.map(({ name }) => name))('%s is a study that can be trained', (name) => {
    const study = studyOf(name);
    expect(study.title).not.toBe('Untitled study');
    checkPlans(planRuns(study));
  });
});

describe('what is exact', () => {
  it.each(['deep-linear', 'deep-linear-walk', 'critical-period'])(
    'is found: %s, of one seed',
    async (name) => {
      const { conditions, ...whole } = studyOf(name);
      // Of the conditions, two: the whole study is `rankscope validate --known`.
      const few =
        conditions && Object.fromEntries(Object.entries(conditions).filter((_, i) => i === 0 || i === 2));
      const study = { ...whole, seeds: [0], ...(few && { conditions: few }) };
      const facts = transitionNamed(name).judge({ settings: study, runs: await runsOf(study) });
      expect(facts.length).toBeGreaterThan(1);
      expect(facts.filter(({ holds }) => !holds)).toEqual([]);
    },
  );

  it('is not found where the network is another: modes that start large are learned early, and not in stages', async () => {
    const study = studyOf('deep-linear');
    const [network] = study.architectures;
    const large = { ...(network as object), initial: { aligned: 0.3 } } as StudyFile['architectures'][number];
    const runs = await runsOf({ ...study, architectures: [large], seeds: [0] });
    const facts = transitionNamed('deep-linear').judge({ settings: study, runs });
    expect(facts.filter(({ what, holds }) => what.startsWith('mode ') && holds)).toEqual([]);
  });
});

describe('what is known by its range', () => {
  itWith(patience, 'is found: the edge of stability, of one seed and a shorter training', async () => {
    const study = studyOf('edge-of-stability');
    const runs = await runsOf({ ...study, seeds: [0], training: { ...study.training, steps: 2500 } });
    const facts = transitionNamed('edge-of-stability').judge({ settings: study, runs });
    expect(facts).toHaveLength(3);
    expect(facts.filter(({ holds }) => !holds)).toEqual([]);
  });

  itWith(patience, 'is found: grokking, of a network of x² units over one-hot pairs modulo 31', async () => {
    const [run] = await runsOf(
      checkStudyFile(
        {
          architectures: [
            {
              ...{ name: 'squares', family: 'mlp', hidden: [128], nonlinearity: 'square' },
              ...{ bias: false, initial: { gain: 1 } },
            },
          ],
          datasets: [{ name: 'addition', kind: 'modular_addition', modulus: 31, encoding: 'one-hot' }],
          training: {
            ...{ steps: 800, examples: 480, batchSize: 480, optimizer: 'adamw', learningRate: 0.01 },
            ...{ beta2: 0.98, weightDecay: 1 },
          },
          measurement: { every: 400, samples: 50 },
          evaluation: { every: 25, examples: 400 },
          trainingAccuracy: { every: 25 },
        },
        'squares',
      ),
    );
    const generalized = run.evaluations.find(({ accuracy }) => accuracy >= 0.95)!.step;
    const { steps, values } = trackCurve(run, 'training-accuracy', 'network', 'accuracy');
    // PyTorch: 50, and 475 to 500.
    expect(steps[values.findIndex((accuracy) => accuracy >= 0.95)]).toBeLessThanOrEqual(100);
    expect(generalized).toBeGreaterThanOrEqual(250);
    expect(generalized).toBeLessThanOrEqual(750);
  });
});
