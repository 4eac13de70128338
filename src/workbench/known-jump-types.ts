import { sha256 } from '../checksums/digest.ts';
import {
  decidingJumps,
  type JumpFeatures,
  type JumpTypes,
  jumpTypes,
  jumpTypesDefaults,
} from '../dynamics/jump-types.ts';
import { jumpTypesRandom } from '../findings/study-analysis.ts';
import type { AnalysisCache } from './analysis-cache-store.ts';
import type { PartAbout } from './analysis-parts.ts';
import type { AnalysisPool } from './analysis-pool.ts';

/** Types of fewer jumps are found sooner than a thread starts. */
const worthThreads = 500;

/** The types of these jumps, as they were kept of the same ones, or as they are found now: of many jumps by several threads. */
export async function knownJumpTypes(
  features: readonly JumpFeatures[],
  seed: number,
  { cache, pool }: { readonly cache: AnalysisCache; readonly pool: AnalysisPool },
): Promise<JumpTypes> {
  const key = { features: sha256(new TextEncoder().encode(JSON.stringify(features))), seed };
  const before = cache.read<JumpTypes>('types', key);
  if (before !== null) return before;
  const found = jumpTypes(features, jumpTypesRandom(seed), {
    known: await referencesByThreads(features, seed, pool),
  });
  cache.keep('types', key, found);
  return found;
}

async function referencesByThreads(
  features: readonly JumpFeatures[],
  seed: number,
  pool: AnalysisPool,
): Promise<number[][] | undefined> {
  const points = decidingJumps(features);
  if (points === null || points.count < worthThreads) return undefined;
  const references = new Array<number[]>(jumpTypesDefaults.references);
  const parts = Array.from(references, (_, reference): PartAbout<'jumpTypes'> => {
    return { about: 'jumpTypes', points, seed, reference };
  });
  await pool.answer(parts, ({ reference }, inertias) => {
    references[reference] = inertias;
  });
  return references;
}
