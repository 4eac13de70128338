import type { FalsePositives, Power, ValidityReport } from '../validity/harness/report.ts';
import { printable } from './printable.ts';
import { formatTable } from './table.ts';

/** Size of effect at which a terminal shows the error of localization. */
const typicalSize = 4;

/** The report in tables for a terminal: false positives, then what share of planted changes is found. */
export function describeValidity(report: ValidityReport): string {
  const { detector, alpha, limit, passed, falsePositives, power } = report;
  const failed = falsePositives.filter(({ gated, verdict }) => gated && verdict === 'FAIL');
  const where = failed
    .map(({ family, n, share }) => {
      const open = share.interval[0] <= limit ? ', too few series to tell' : '';
      return `${family} (${n} points${open})`;
    })
    .join(', ');
  return [
    `${printable(detector)} at alpha ${alpha}. Nothing changes; series with any change, in %:`,
    falsePositiveTable(falsePositives),
    ...(power.length === 0
      ? []
      : ['', 'Planted changes found, in %, by size in noise sd:', powerTable(power)]),
    '',
    falsePositives.every(({ gated }) => !gated)
      ? 'No verdict: none of the families that decide was simulated.'
      : passed
        ? `PASS: in no family is the upper end of the 95 % interval above ${percent(limit)} %.`
        : `FAIL: the upper end of the 95 % interval is above ${percent(limit)} % in ${where}.`,
  ].join('\n');
}

function falsePositiveTable(rows: readonly FalsePositives[]): string {
  return formatTable(
    [
      'family',
      'points',
      'series',
      'refused %',
      'false %',
      '95 %',
      'of tested %',
      'per 1,000 steps',
      '95 %',
      'verdict',
    ],
    rows.map(({ family, n, series, refused, share, shareOfTested, per1000, verdict, gated }) => [
      family,
      n,
      series,
      percent(refused),
      percent(share.value),
      share.interval.map(percent).join(' – '),
      shareOfTested === null ? '–' : percent(shareOfTested.value),
      per1000.value.toFixed(2),
      per1000.interval.map((end) => end.toFixed(2)).join(' – '),
      gated ? verdict : 'beyond',
    ]),
  );
}

function powerTable(power: readonly Power[]): string {
  const sizes = [...new Set(power.map(({ size }) => size))].sort((a, b) => a - b);
  const curves = new Map<string, Power[]>();
  for (const one of power) {
    const key = `${one.effect} ${one.background} ${one.n}`;
    curves.set(key, [...(curves.get(key) ?? []), one]);
  }
  return formatTable(
    ['planted', 'in', 'points', ...sizes.map(String), `error at ${typicalSize}: median, 90 %`, 'false %'],
    [...curves.values()].map((curve) => {
      const [{ effect, background, n }] = curve;
      const typical = curve.find(({ size }) => size === typicalSize);
      const error = typical?.error;
      const seriesWithFalse = curve.reduce((sum, one) => sum + one.seriesWithFalse.value / curve.length, 0);
      return [
        effect,
        background,
        n,
        ...sizes.map((size) => {
          const one = curve.find((candidate) => candidate.size === size);
          return one === undefined ? '–' : (100 * one.recall.value).toFixed(0);
        }),
        error ? `${error.median}, ${error.p90.toFixed(0)}` : '–',
        percent(seriesWithFalse),
      ];
    }),
  );
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}
