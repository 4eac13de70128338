import { describe, expect, it, vi } from 'vitest';
import { type JumpFeatures, jumpTypes } from '../../src/dynamics/jump-types.ts';
import { jumpTypesRandom } from '../../src/findings/study-analysis.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { noCache, openCache } from '../../src/workbench/analysis-cache-store.ts';
import { AnalysisPool } from '../../src/workbench/analysis-pool.ts';
import { knownJumpTypes } from '../../src/workbench/known-jump-types.ts';
import { temporaryFolder } from '../measurements/fixtures.ts';
import { studyOfSeeds } from './study-of-seeds.ts';

/** Early large and late small jumps. */
function jumpsOf(count: number): JumpFeatures[] {
  const rng = createRandom('jumps');
  return Array.from({ length: count }, (_, i) => ({
    kind: 'level',
    relativeStep: 0.1 + 0.7 * (i % 2) + 0.02 * rng.normal(),
    logMagnitude: -3 * (i % 2) + 0.2 * rng.normal(),
    effect: 5 + rng.normal(),
  }));
}

/** A pool that counts what it is asked for. */
function watchedPool(workers: number): { readonly pool: AnalysisPool; readonly asked: string[] } {
  const pool = new AnalysisPool({ directory: studyOfSeeds() }, noCache, workers);
  const asked: string[] = [];
  const answer = pool.answer.bind(pool);
  pool.answer = (parts, ...rest) => {
    asked.push(...parts.map(({ about }) => about));
    return answer(parts, ...rest);
  };
  return { pool, asked };
}

describe('types of the jumps of a study', () => {
  it.each([1, 3])('are those that one thread finds by itself, with %i', async (workers) => {
    const jumps = jumpsOf(600);
    const { pool, asked } = watchedPool(workers);
    const found = await knownJumpTypes(jumps, 5, { cache: noCache, pool });
    await pool.close();
    expect(asked).toEqual(Array.from({ length: 20 }, () => 'jumpTypes'));
    expect(found).toEqual(jumpTypes(jumps, jumpTypesRandom(5)));
    expect(found).toMatchObject({ determined: true });
  });

  it('are found at once where jumps are few, or none can be found', async () => {
    const { pool, asked } = watchedPool(2);
    const sources = { cache: noCache, pool };
    expect(await knownJumpTypes(jumpsOf(60), 0, sources)).toMatchObject({ determined: true, types: 2 });
    expect(await knownJumpTypes(jumpsOf(3), 0, sources)).toMatchObject({ determined: false });
    expect(asked).toEqual([]);
  });

  it('are kept, and found again for other jumps and another seed', async () => {
    const cache = openCache(temporaryFolder(), new Uint8Array(32));
    const keep = vi.spyOn(cache, 'keep');
    const { pool } = watchedPool(1);
    const sources = { cache, pool };
    const found = await knownJumpTypes(jumpsOf(60), 0, sources);
    expect(await knownJumpTypes(jumpsOf(60), 0, sources)).toEqual(found);
    expect(keep).toHaveBeenCalledTimes(1);
    await knownJumpTypes(jumpsOf(61), 0, sources);
    await knownJumpTypes(jumpsOf(60), 1, sources);
    expect(keep).toHaveBeenCalledTimes(3);
  });
});
