import type { FalseDiscoveryControl } from '../dynamics/false-discoveries.ts';
import { counted } from '../wording/sentences.ts';

/**
 * How many changes were found over a study, and how many of them hold over all its series together, in words: that there is
 * none, and that nothing could be tested, is not a number.
 *
 * @example
 * changesFound({ determined: false, reason: 'no series could be tested' }); // 'no series could be tested'
 */
export function changesFound(control: FalseDiscoveryControl): string {
  if (!control.determined) return control.reason;
  const { changes, series, surviving, rate } = control;
  const tested = `${counted(series, 'series', 'series')} that could be tested`;
  if (changes === 0) return `none in ${tested}`;
  return `${changes} in ${tested}; ${surviving === 0 ? 'none' : surviving} of them also at a false discovery rate of ${rate} over all series`;
}
