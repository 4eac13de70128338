import type { RunDynamics } from '../dynamics/analyze-run.ts';
import type { SeedGroup } from '../findings/seed-groups.ts';
import { plainNumbers } from '../formats/plain-numbers.ts';
import { type AnalysisCache, keptOr } from './analysis-cache-store.ts';

/** Where the JSON of what was found out is kept, which takes longer to write than to read. */
export interface AnalysisTexts {
  /** Of a run, by its place in the study. */
  run(index: number, dynamics: RunDynamics): string;
  /** Of what each layer of a group of seeds does, by the group's place. */
  curves(index: number, group: SeedGroup): readonly string[];
}

/** Under which name an answer is kept, and all that it depends on. */
export interface KeptAs {
  readonly name: string;
  readonly key: object;
}

/** Texts beside the answers that they are of, in their order. */
export function keptTexts(
  cache: AnalysisCache,
  { runs, groups }: { readonly runs: readonly KeptAs[]; readonly groups: readonly KeptAs[] },
): AnalysisTexts {
  const kept = <Text extends object>({ name, key }: KeptAs, write: () => Text): Text =>
    keptOr(cache, `texts/${name}`, key, write);
  return {
    run: (index, dynamics) => kept(runs[index], () => [jsonOf(dynamics)])[0],
    curves: (index, { layers }) => kept(groups[index], () => layers.map(({ curve }) => jsonOf(curve))),
  };
}

function jsonOf(found: object): string {
  return JSON.stringify(plainNumbers(found));
}
