import { Command } from 'commander';
import { defaultDetector, detectorNamed, detectorNames } from '../../dynamics/detectors.ts';
import { determinedPoints } from '../../dynamics/determined-points.ts';
import { controlFalseDiscoveries } from '../../dynamics/false-discoveries.ts';
import type { Change, Detection } from '../../dynamics/types.ts';
import type { NamedSeries, SeriesFile } from '../../imports/series/named-series.ts';
import { readSeries } from '../../imports/series/series-store.ts';
import { share } from '../option-values.ts';
import { printable } from '../printable.ts';
import { startProgress } from '../progress.ts';
import { formatTable } from '../table.ts';
import { print, printJson } from '../terminal.ts';

interface DetectFlags {
  readonly detector: string;
  readonly alpha: number;
  readonly fdr?: boolean;
  readonly stepColumn?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** A series and what the detector said of it. */
interface Tested {
  readonly name: string;
  readonly points: number;
  /** Why its first gap is one; null where every value is a number. */
  readonly gap: string | null;
  readonly gaps: number;
  readonly detection: Detection;
}

/** A terminal shows so many series that could not be tested; `--json` has them all. */
const refusedShown = 20;

export function detectCommand(): Command {
  return new Command('detect')
    .description('Find changes in any series: numbers from a CSV or JSON file, or standard input')
    .argument('<file>', 'CSV (one series per column) or JSON; - is standard input')
    .option('--detector <name>', 'change detector', defaultDetector)
    .option('--alpha <share>', 'chance of any false change in a series', share, 0.05)
    .option('--fdr', 'hold the false discovery rate over all series at alpha instead (Benjamini-Hochberg)')
    .option('--step-column <name>', 'column with the steps (default: the one that is named as steps are)')
    .option('-q, --quiet', 'no progress')
    .option('--json', 'print every series, its changes or why it cannot be tested, as JSON')
    .addHelpText(
      'after',
      `
CSV may have a header line; JSON is [1, 2, …], {"step": [0, 10, …], "loss": [1, 2, …]}, {"steps": […], "values": […]},
records ([{"step": 0, "loss": 1}, …]), one a line (JSON Lines), or a trainer_state.json. Steps are looked for under the names
that tools use (global_step, step, _step, iteration, …, epoch last); columns of times and indices are no series. What was taken is
said. Each series is tested on the rows where it has a number. One that cannot be tested is listed with the reason.
Detectors: ${detectorNames.join(', ')}

Examples:
  $ rankscope detect training.csv
  $ rankscope detect metrics.json --alpha 0.01 --json | jq '.series[].changes'
  $ cut -d, -f2 log.csv | rankscope detect -`,
    )
    .action(async (file: string, flags: DetectFlags) => {
      detectorNamed(flags.detector);
      const content = await readSeries(file, flags.stepColumn);
      const tested = testAll(content.series, flags);
      if (flags.json) printJson(asJson(tested, content, flags));
      else print([describe(tested, flags), ...describeReading(tested, content)].join('\n'));
    });
}

function testAll(all: readonly NamedSeries[], { detector, alpha, fdr, quiet }: DetectFlags): Tested[] {
  const detect = detectorNamed(detector);
  const found = all.map(({ series }) => determinedPoints(series));
  const progress = startProgress('Testing', all.length, quiet);
  try {
    const detections = all.map(({ name, problem }, i): Detection => {
      progress.update(i, printable(name));
      if (problem !== null) return { testable: false, reason: problem };
      return inAllPoints(detect(found[i].series, { alpha }), found[i].indices);
    });
    const controlled = fdr ? controlFalseDiscoveries(detections, alpha) : detections;
    return all.map(({ name, series, gap }, i) => ({
      name,
      points: series.values.length,
      gaps: found[i].dropped,
      gap: found[i].dropped === 0 ? null : (gap ?? null),
      detection: controlled[i],
    }));
  } finally {
    progress.stop();
  }
}

/** Changes found among the points that have a value, at their places among all. */
function inAllPoints(detection: Detection, indices: Uint32Array): Detection {
  if (!detection.testable) return detection;
  const changes = detection.changes.map((change) => ({ ...change, index: indices[change.index] }));
  return { ...detection, changes };
}

function asJson(
  tested: readonly Tested[],
  content: SeriesFile,
  { detector, alpha, fdr = false }: DetectFlags,
) {
  return {
    detector,
    alpha,
    errorRate: fdr ? 'false discovery rate over all series' : 'any false change, per series',
    steps: content.steps,
    leftOut: content.leftOut,
    notes: content.notes,
    series: tested.map(({ name, points, gaps, gap, detection }) => ({
      name,
      points,
      ...(gaps > 0 && { gaps, gap }),
      changes: [],
      ...detection,
    })),
  };
}

function describe(tested: readonly Tested[], { detector, alpha, fdr }: DetectFlags): string {
  const changes = tested.flatMap(({ name, detection }) =>
    detection.testable ? detection.changes.map((change) => ({ name, change })) : [],
  );
  const refused = tested.flatMap(({ name, detection }) =>
    detection.testable ? [] : [`  ${printable(name)}: ${printable(detection.reason)}`],
  );
  const found =
    changes.length === 0 ? 'no change' : changes.length === 1 ? '1 change' : `${changes.length} changes`;
  const rate = fdr ? 'false discovery rate' : 'alpha';
  return [
    `${found} in ${tested.length - refused.length} of ${tested.length} series that could be tested (${detector}, ${rate} ${alpha})`,
    ...(changes.length === 0 ? [] : [changeTable(changes)]),
    ...(refused.length === 0 ? [] : ['Not testable:', ...refused.slice(0, refusedShown)]),
    ...(refused.length > refusedShown
      ? [`  and ${refused.length - refusedShown} more (--json lists all)`]
      : []),
  ].join('\n');
}

/** How the file was understood: which column has the steps, and what is no series. */
function describeReading(tested: readonly Tested[], { steps, leftOut, notes }: SeriesFile): string[] {
  const named = (name: string): string => (name === '' ? 'the column without a name' : printable(name));
  const shown = leftOut.slice(0, refusedShown).map(({ name, what }) => `${named(name)} (${what})`);
  const more = leftOut.length > shown.length ? ` and ${leftOut.length - shown.length} more` : '';
  return [
    `Steps: ${steps === null ? 'measurements counted from 0' : named(steps)}`,
    ...(shown.length === 0 ? [] : [`No series: ${shown.join(', ')}${more}`]),
    ...tested
      .filter(({ gaps }) => gaps > 0)
      .slice(0, refusedShown)
      .map(({ name, gaps, gap }) => {
        const reason = gap === null ? '' : `; the first: ${printable(gap)}`;
        return `Gaps: ${named(name)} has no number in ${gaps} of its rows${reason}`;
      }),
    ...notes.slice(0, refusedShown).map((note) => `Note: ${printable(note)}`),
  ];
}

function changeTable(changes: readonly { readonly name: string; readonly change: Change }[]): string {
  return formatTable(
    ['series', 'step', 'between', 'kind', 'direction', 'size', 'in noise sd', 'p'],
    changes.map(({ name, change }) => [
      printable(name),
      change.step,
      `${change.interval[0]} – ${change.interval[1]}`,
      change.kind,
      change.direction,
      change.magnitude.toPrecision(3),
      Number.isFinite(change.effect) ? change.effect.toPrecision(2) : '–',
      change.pValue === null ? '–' : change.pValue.toPrecision(2),
    ]),
  );
}
