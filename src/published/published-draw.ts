import { parseJson } from '../formats/json.ts';
import { type DrawMidJump, isMidType, midJumpCandidates, PLANNED_EXPERIMENTS } from './checkpoint-plan.ts';
import { jsonFields } from './json-fields.ts';
import type { Jump } from './jumps.ts';

/** The published outcome of the one unseeded draw, shown to be possible. */
export interface PublishedDraw {
  /** Repeats the published choice. */
  readonly draw: DrawMidJump;
  /** What was drawn from how many candidates, in words. */
  readonly account: string;
}

/**
 * The mid jumps that a published checkpoint plan chose at random, looked up among the candidates of the recomputed
 * jumps; null where one of them is no candidate, so that it cannot have been drawn.
 *
 * @param planText the text of a published `checkpoint_plan.json`.
 * @throws InputError where the text cannot be read.
 */
export function publishedDraw(jumps: readonly Jump[], planText: string): PublishedDraw | null {
  const plan = jsonFields(planText, 'checkpoint_plan.json');
  const drawn = new Map<string, Jump>();
  const accounts: string[] = [];
  for (const experiment of PLANNED_EXPERIMENTS) {
    const candidates = midJumpCandidates(jumps, experiment);
    if (candidates.length === 0) continue;
    const chosen = candidates.find((jump) => isPlannedMidJump(plan, jump));
    if (chosen === undefined) return null;
    drawn.set(experiment, chosen);
    accounts.push(
      `step ${chosen.step} of ${chosen.layer} is one of ${candidates.length} candidates in ${experiment}`,
    );
  }
  const draw: DrawMidJump = (candidates, experiment) =>
    candidates.find((jump) => isSameJump(jump, drawn.get(experiment)!))!;
  return { draw, account: accounts.join('; ') };
}

function isPlannedMidJump(plan: ReadonlyMap<string, string>, jump: Jump): boolean {
  for (let i = 0; ; i++) {
    const field = (name: string): string | undefined => plan.get(`${jump.experiment}.jumps[${i}].${name}`);
    const type = field('type');
    if (type === undefined) return false;
    const name = parseJson(type, { file: 'checkpoint_plan.json', field: `jumps[${i}].type` });
    if (!isMidType(name)) continue;
    return field('step') === String(jump.step) && field('layer') === JSON.stringify(jump.layer);
  }
}

function isSameJump(a: Jump, b: Jump): boolean {
  return a.step === b.step && a.layer === b.layer;
}
