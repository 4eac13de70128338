import { join } from 'node:path';
import { writeRun } from '../../src/measurements/log-store.ts';
import { createStudy } from '../../src/measurements/study-store.ts';
import type { Run } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { scratchFolder } from '../cli/rankscope.ts';
import { plantedRun } from '../dynamics/planted-run.ts';
import { noisy } from '../dynamics/planted-series.ts';
import { sampleManifest } from '../measurements/fixtures.ts';

const rng = createRandom('analysis pool');

/** A run of two layers, of which one jumps. @param height to which. */
export function jumpingRun(id: string, height = 5): Run {
  const [architecture, seed] = id.split('-');
  const random = rng.fork(id);
  return plantedRun(
    [
      noisy((i) => (i < 100 ? 2 : height), 0.2, random.fork('jump')),
      noisy(() => 3, 0.2, random.fork('still')),
    ],
    { id, architecture, seed: Number(seed) },
  );
}

/** Two networks with two seeds each, and one run alone, in an order that is not theirs. */
export const runsWithSeeds: readonly Run[] = ['a-1', 'b-1', 'alone-1', 'a-2', 'b-2'].map((id) =>
  jumpingRun(id),
);

/** A study of them, in a folder of its own. */
export function studyOfSeeds(folder = join(scratchFolder(), 'study')): string {
  createStudy(folder, sampleManifest(runsWithSeeds.map(({ id }) => id)));
  for (const run of runsWithSeeds) writeRun(folder, run);
  return folder;
}
