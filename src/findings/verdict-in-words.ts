import type { Finding } from './finding.ts';

/**
 * A verdict in words: one that a rule without error control alone gives says so in the same breath.
 *
 * @example
 * verdictInWords({ verdict: 'refuted', uncalibratedRule: 'published-z' }); // 'refuted, only by an uncalibrated rule (published-z)'
 */
export function verdictInWords({
  verdict,
  uncalibratedRule,
}: Pick<Finding, 'verdict' | 'uncalibratedRule'>): string {
  return uncalibratedRule === undefined
    ? verdict
    : `${verdict}, only by an uncalibrated rule (${uncalibratedRule})`;
}
