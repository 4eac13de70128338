import { typeset } from '../wording/typeset.ts';
import type { CoordinatedPeriods } from './critical-periods.ts';

/**
 * When several layers of a run are fast at once, in words: told from chance, or why not.
 *
 * @example
 * coordinationInWords({ determined: false, reason: '0 of 5 layers are fast anywhere; at least 2 are needed' });
 * // 'not testable: 0 of 5 layers are fast anywhere; at least 2 are needed'
 */
export function coordinationInWords(found: CoordinatedPeriods): string {
  if (!found.determined) return `not testable: ${found.reason}`;
  const { layers, maximum, threshold, alpha, periods } = found;
  const most = `${Math.round(maximum.share * layers)} of ${layers} layers at step ${typeset(maximum.step)}`;
  const chance = maximum.pValue < 1e-3 ? 'p < 0.001' : `p = ${Number(maximum.pValue.toPrecision(2))}`;
  if (threshold === null) {
    return `not testable: even all ${layers} layers at once would come about by chance in more than ${share(alpha)} of runs (at most ${most})`;
  }
  if (periods.length === 0) {
    return `no more layers at once than independent ones would be: at most ${most} (${chance})`;
  }
  const spans = periods.map(
    ({ from, to, peakShare }) =>
      `steps ${typeset(from)}–${typeset(to)}, up to ${Math.round(peakShare * layers)} of ${layers}`,
  );
  return `${spans.join('; ')} (${chance} for the most)`;
}

function share(value: number): string {
  return `${Number((100 * value).toPrecision(3))} %`;
}
