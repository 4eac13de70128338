import { brief, counted } from '../wording/sentences.ts';
import type { FalseDiscoveryControl } from './false-discoveries.ts';

/**
 * How many changes a step detector found over a study, in words; where it could test nothing, that is said, not 0.
 *
 * @example
 * changesInWords({ determined: false, reason: 'no series could be tested' }); // 'not testable: no series could be tested'
 */
export function changesInWords(control: FalseDiscoveryControl): string {
  if (!control.determined) return `not testable: ${control.reason}`;
  const { changes, series, surviving, rate } = control;
  const tested = `the ${brief(series)} series that could be tested`;
  if (changes === 0) return `no change in ${tested}`;
  return `${counted(changes, 'change')} in ${tested}; ${surviving === 0 ? 'none' : brief(surviving)} also at a false discovery rate of ${rate} over all series`;
}
