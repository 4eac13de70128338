import type { ValidityReport } from '../validity/harness/report.ts';
import { formatTable } from './table.ts';

/** Sizes of effect, in noise sd, at which power is compared: one that must be looked for, one that nobody could miss. */
const comparedSizes = [4, 100];

/**
 * Several detectors side by side, each simulated on the same series: how often each invents a change, by family, and
 * what share of planted changes of 4 and of 100 sd it finds.
 */
export function describeComparison(reports: readonly ValidityReport[]): string {
  const [first] = reports;
  const header = (what: string): string[] => [what, 'points', ...reports.map(({ detector }) => detector)];
  const falsePositives = first.falsePositives.map(({ family, n, gated }, row) => [
    gated ? family : `${family} (beyond)`,
    n,
    ...reports.map((report) => percent(report.falsePositives[row].share.value)),
  ]);
  const judged = (wanted: boolean): string =>
    reports.flatMap(({ detector, passed }) => (passed === wanted ? [detector] : [])).join(', ') || 'none';
  const power = first.power.flatMap(({ effect, background, size, n }, row) =>
    comparedSizes.includes(size)
      ? [
          [
            `${effect} of ${size} in ${background}`,
            n,
            ...reports.map((report) => percent(report.power[row].recall.value)),
          ],
        ]
      : [],
  );
  return [
    `Nothing changes, alpha ${first.alpha}; series with any change, in %:`,
    formatTable(header('family'), falsePositives),
    ...(power.length === 0
      ? []
      : ['', 'Planted changes found, in %, by size in noise sd:', formatTable(header('change'), power)]),
    '',
    `PASS: ${judged(true)}\nFAIL: ${judged(false)}`,
  ].join('\n');
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}
