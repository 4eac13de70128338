import { Command } from 'commander';
import { defaultDetector, detectorNamed, detectorNames } from '../../dynamics/detectors.ts';
import { controlFalseDiscoveries } from '../../dynamics/false-discoveries.ts';
import type { Change, Detection } from '../../dynamics/types.ts';
import type { NamedSeries } from '../../imports/series/named-series.ts';
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
    .option('--step-column <name>', 'column with the steps (default: one named step, index, t or time)')
    .option('-q, --quiet', 'no progress')
    .option('--json', 'print every series, its changes or why it cannot be tested, as JSON')
    .addHelpText(
      'after',
      `
CSV may have a header line; JSON is [1, 2, …], {"loss": [1, 2, …], …} or {"steps": […], "values": […]}.
A series that cannot be tested is listed with the reason; that is no error.
Detectors: ${detectorNames.join(', ')}

Examples:
  $ rankscope detect training.csv
  $ rankscope detect metrics.json --alpha 0.01 --json | jq '.series[].changes'
  $ cut -d, -f2 log.csv | rankscope detect -`,
    )
    .action(async (file: string, flags: DetectFlags) => {
      detectorNamed(flags.detector);
      const tested = testAll(await readSeries(file, flags.stepColumn), flags);
      if (flags.json) printJson(asJson(tested, flags));
      else print(describe(tested, flags));
    });
}

function testAll(all: readonly NamedSeries[], { detector, alpha, fdr, quiet }: DetectFlags): Tested[] {
  const detect = detectorNamed(detector);
  const progress = startProgress('Testing', all.length, quiet);
  try {
    const detections = all.map(({ name, series, problem }, i): Detection => {
      progress.update(i, printable(name));
      return problem === null ? detect(series, { alpha }) : { testable: false, reason: problem };
    });
    const controlled = fdr ? controlFalseDiscoveries(detections, alpha) : detections;
    return all.map(({ name, series }, i) => ({
      name,
      points: series.values.length,
      detection: controlled[i],
    }));
  } finally {
    progress.stop();
  }
}

function asJson(tested: readonly Tested[], { detector, alpha, fdr = false }: DetectFlags) {
  return {
    detector,
    alpha,
    errorRate: fdr ? 'false discovery rate over all series' : 'any false change, per series',
    series: tested.map(({ name, points, detection }) => ({ name, points, changes: [], ...detection })),
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
