import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownTransitions } from '../../src/known/known-transitions.ts';
import { readRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import type { Run } from '../../src/measurements/types.ts';
import { checkPlans } from '../../src/study/check-plans.ts';
import { openDataset } from '../../src/study/dataset-store.ts';
import { executeRun } from '../../src/study/execute-run.ts';
import { planRuns } from '../../src/study/run-plan.ts';
import { runFiles } from '../../src/study/run-store.ts';
import { parseStudyFile, type StudyFile } from '../../src/study/study-file.ts';
import { sampleManifest } from '../measurements/fixtures.ts';
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
