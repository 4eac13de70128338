import { createStudy } from '../../src/measurements/study-store.ts';
import type { RunPlan } from '../../src/study/run-plan.ts';
import type { StudyFileInput } from '../../src/study/study-file.ts';
import { temporaryFolder } from './small-study.ts';

/** A small network of every family. */
export const smallNetworks: NonNullable<StudyFileInput['architectures']> = [
  { name: 'tiny', family: 'mlp', hidden: [8, 6] },
  { name: 'seer', family: 'cnn', channels: [3, 4] },
  // With dropout, whose masks must go on where they stopped.
  { name: 'reader', family: 'transformer', width: 8, heads: 2, blocks: 1 },
];

/** An empty study with one run in its manifest. */
export function studyFolder(plan: RunPlan): string {
  const folder = temporaryFolder();
  createStudy(folder, {
    schemaVersion: 1,
    tool: { name: 'rankscope', version: 'test' },
    title: 'Small',
    origin: 'trained',
    source: null,
    settings: {},
    machine: {},
    runs: [plan.id],
  });
  return folder;
}
