import type { AuditContext } from './audit-context.ts';
import type { OwnRule } from './evidence.ts';
import type { RunJumps } from './jump-table.ts';
import type { RatioEstimate } from './ratio-estimate.ts';

/**
 * The effect by the rule that the claim was made with, on the sound series and true steps: a claim must hold by its own
 * rule at least. None where the rule is not known or gives no interval.
 *
 * @param estimate computes the effect from the rule's jumps, with random numbers of its own.
 */
export function byOwnRule(
  context: AuditContext,
  unit: string,
  estimate: (context: AuditContext, jumps: readonly RunJumps[]) => RatioEstimate,
): { readonly ownRule?: OwnRule } {
  const { asPublished, ownRuleJumps, rng } = context;
  if (asPublished === null || ownRuleJumps === null) return {};
  const found = estimate({ ...context, rng: rng.fork('own rule') }, ownRuleJumps);
  if (!found.determined) return {};
  const { value, interval } = found;
  return { ownRule: { detector: asPublished.detector, effect: { value, interval, unit } } };
}
