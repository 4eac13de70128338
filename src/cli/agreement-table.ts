import type { StudyAgreement, Total } from '../findings/study-agreement.ts';
import type { Agreement } from '../validity/agreement.ts';
import { formatTable } from './table.ts';

/** How far detectors and metrics agree, as two square tables. */
export function describeAgreement({ seriesId, margin, detectors, metrics }: StudyAgreement): string {
  return [
    `Changes that two detectors share on ${seriesId}, in % of all that either found (within ${margin} training steps, series that both could test):`,
    square('detector', detectors.totals, detectors.pairs),
    '',
    'The same for metrics, by the default detector:',
    square('metric', metrics.totals, metrics.pairs),
    '',
    'Agreement is no proof: methods with the same weakness agree on what is not there.',
  ].join('\n');
}

function square(what: string, totals: readonly Total[], pairs: readonly Agreement[]): string {
  const cell = (a: string, b: string): string => {
    if (a === b) return '·';
    const pair = pairs.find(
      ({ first, second }) => (first === a && second === b) || (first === b && second === a),
    );
    return pair?.share == null ? '–' : (100 * pair.share).toFixed(0);
  };
  return formatTable(
    [what, 'tested', 'changes', ...totals.map((_, i) => String(i + 1))],
    totals.map(({ name, tested, series, changes }, i) => [
      `${i + 1} ${name}`,
      `${tested} of ${series}`,
      changes,
      ...totals.map((other) => cell(name, other.name)),
    ]),
  );
}
