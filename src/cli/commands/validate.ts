import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { defaultDetector, detectorNamed, detectorNames } from '../../detectors/registry.ts';
import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { knownTransitions } from '../../known/known-transitions.ts';
import { nullCurves } from '../../validity/curves/null-curves.ts';
import { backgrounds } from '../../validity/harness/backgrounds.ts';
import type { ValidityReport } from '../../validity/harness/report.ts';
import type { DetectorSource } from '../../validity/harness/types.ts';
import { validateDetector } from '../../validity/harness/validate-detector.ts';
import { validateKnown } from '../../workbench/known-store.ts';
import { agreementOnStudy, scoreOnAnnotations } from '../../workbench/validate.ts';
import { describeAgreement } from '../agreement-table.ts';
import { describeKnown } from '../known-table.ts';
import { names, share, wholeNumber, wholeNumbers } from '../option-values.ts';
import { withProgress } from '../progress.ts';
import { describeStretchesValidity } from '../stretches-validity-tables.ts';
import { type StyleFlag, styleOption } from '../style-option.ts';
import { print, printJson } from '../terminal.ts';
import { describeTuringScores } from '../turing-scores-table.ts';
import { stretchesPartNames, validateStretches } from '../validate-stretches.ts';
import { describeComparison } from '../validity-comparison.ts';
import { describeValidity } from '../validity-tables.ts';

/** Loaded when something is written, as it brings the writers of tables. */
const results = () => import('../../workbench/write-results.ts');

interface ValidateFlags extends StyleFlag {
  readonly module?: string;
  readonly command?: string;
  readonly quick?: boolean;
  readonly series?: number;
  readonly lengths?: number[];
  readonly families?: string[];
  readonly parts?: string[];
  readonly power: boolean;
  readonly tcpd?: string;
  readonly study?: string;
  readonly metric?: string;
  readonly known?: true | string;
  readonly alpha: number;
  readonly seed: number;
  readonly workers: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function validateCommand(): Command {
  return new Command('validate')
    .description(
      'Show how often a detector, or a description of curves, invents changes, and how well it finds them',
    )
    .argument('[detector]', `${detectorNames.join(', ')}, all, or stretches (default: ${defaultDetector})`)
    .option('--module <file>', 'test the default export of a module: (values, alpha) => indices')
    .option('--command <command>', 'test a command: values on standard input, one a line; indices out')
    .option('--quick', '200 series a family instead of 2,000, fewer conditions')
    .option('--series <number>', 'series per family in which nothing changes', wholeNumber(1))
    .option('--lengths <numbers>', 'lengths of those series, e.g. 50,399,4000', wholeNumbers)
    .option('--families <names>', 'only these kinds of series, comma-separated', names)
    .option('--parts <names>', `with stretches: only these of ${stretchesPartNames.join(', ')}`, names)
    .option('--no-power', 'no planted changes: false positives only')
    .option(
      '--tcpd <folder>',
      'score on data in the format of the Turing Change Point Dataset instead: the detector, stretches, and both',
    )
    .option('--study <folder>', 'how far detectors, and metrics, agree on a study, instead')
    .option('--metric <series>', 'with --study: the series that detectors are compared on')
    .option(
      '--known [names]',
      `train networks whose transitions are known instead (all, or some of ${knownTransitions.map(({ name }) => name).join(', ')}), and hold what is found against it`,
    )
    .option('--alpha <share>', 'error rate that the detector is asked for', share, 0.05)
    .option('--seed <number>', 'seed of the simulated series', wholeNumber(0), 0)
    .option(
      '--workers <number>',
      'threads; they do not change the result',
      wholeNumber(1),
      availableParallelism(),
    )
    .option('-o, --out <folder>', 'write validity.json, its tables as CSV and figures as SVG')
    .addOption(styleOption())
    .option('-q, --quiet', 'no progress and no table')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
The detector passes where, in every family, the upper end of the 95 % interval of the share of series with any change
is at most 1.3 alpha; otherwise the exit code is 1 (with all, if the default detector does not pass). Families marked "beyond" are shown but do not decide.
A module and a command run with your rights. A command finds alpha in RANKSCOPE_ALPHA and may answer "not testable".

Stretches, of single curves and over seeds, pass where the same holds of every kind of answer that is promised to be
rare; families beyond the promise do not decide, but over seeds no family may show a direction.

Families: ${backgrounds.map(({ name }) => name).join(', ')}
Families of stretches: ${nullCurves.map(({ name }) => name).join(', ')}

Examples:
  $ rankscope validate --quick
  $ rankscope validate stretches --quick
  $ rankscope validate all --quick --lengths 399
  $ rankscope validate published-z --no-power --lengths 399
  $ rankscope validate --module my-detector.mjs --out validity
  $ rankscope validate --command 'python3 detect.py' --series 100 --lengths 399 --no-power
  $ rankscope validate local-cubic --tcpd TCPD/datasets
  $ rankscope validate --study my-study
  $ rankscope validate --known
  $ rankscope validate --known deep-linear,critical-period --out known`,
    )
    .action(async (detector: string | undefined, flags: ValidateFlags) => {
      if (flags.known !== undefined) {
        await known(flags.known, flags);
        return;
      }
      if (flags.study !== undefined) {
        await compareOnStudy(flags.study, flags);
        return;
      }
      if (detector === 'stretches') {
        refuseOtherSources(flags);
        if (flags.tcpd === undefined) await stretches(flags);
        else await scoreOnTuringData(detector, flags.tcpd, flags);
        return;
      }
      checkFamilies(flags.families ?? []);
      if (detector === 'all') {
        await compareAll(flags);
        return;
      }
      const source = sourceOf(detector, flags);
      if (flags.tcpd === undefined) await validate(source, flags);
      else await scoreOnTuringData(source, flags.tcpd, flags);
    });
}

function checkFamilies(families: readonly string[]): void {
  const known = backgrounds.map((background) => background.name);
  for (const name of families) {
    if (!known.includes(name)) {
      throw new InputError({ field: '--families', value: name, allowed: oneOf(name, known) });
    }
  }
}

async function validate(source: DetectorSource, flags: ValidateFlags): Promise<void> {
  const report = await validateWithProgress(source, flags);
  if (flags.out !== undefined) await (await results()).writeValidity(report, flags.out, flags);
  say(report, describeValidity(report), flags);
  if (!report.passed) process.exitCode = 1;
}

function refuseOtherSources({ module, command }: ValidateFlags): void {
  if (module !== undefined || command !== undefined) {
    throw new InputError({
      field: 'detector',
      value: 'stretches',
      allowed: 'stretches without --module and --command',
    });
  }
}

async function known(chosen: true | string, flags: ValidateFlags): Promise<void> {
  const found = await withProgress(flags.quiet, (onProgress) =>
    validateKnown({
      names: chosen === true ? undefined : names(chosen),
      workers: flags.workers,
      keep: flags.out,
      onProgress,
    }),
  );
  if (flags.out !== undefined) (await results()).writeJson(found, flags.out, 'known.json');
  say(found, describeKnown(found), flags);
  if (found.some(({ holds }) => !holds)) process.exitCode = 1;
}

async function stretches(flags: ValidateFlags): Promise<void> {
  const report = await validateStretches(flags);
  if (flags.out !== undefined) (await results()).writeStretchesValidity(report, flags.out);
  say(report, describeStretchesValidity(report), flags);
  if (!report.passed) process.exitCode = 1;
}

/** Every detector on the same series. */
async function compareAll(flags: ValidateFlags): Promise<void> {
  if (flags.module !== undefined || flags.command !== undefined || flags.tcpd !== undefined) {
    throw new InputError({
      field: 'detector',
      value: 'all',
      allowed: 'all without --module, --command and --tcpd',
    });
  }
  const reports: ValidityReport[] = [];
  for (const name of detectorNames) {
    const report = await validateWithProgress(sourceOf(name, flags), flags);
    if (flags.out !== undefined) await (await results()).writeValidity(report, join(flags.out, name), flags);
    reports.push(report);
  }
  say(reports, describeComparison(reports), flags);
  if (reports.some(({ detector, passed }) => detector === defaultDetector && !passed)) process.exitCode = 1;
}

function validateWithProgress(source: DetectorSource, flags: ValidateFlags): Promise<ValidityReport> {
  return withProgress(flags.quiet, (onProgress) =>
    validateDetector(source, {
      ...flags,
      onProgress: (done, total) =>
        onProgress({ stage: 'validating', done, total, what: `${done} of ${total} series` }),
    }),
  );
}

async function compareOnStudy(folder: string, flags: ValidateFlags): Promise<void> {
  const found = withProgress(flags.quiet, (onProgress) => agreementOnStudy(folder, flags.metric, onProgress));
  if (flags.out !== undefined) (await results()).writeJson(found, flags.out, 'agreement.json');
  say(found, describeAgreement(found), flags);
}

async function scoreOnTuringData(
  source: DetectorSource | 'stretches',
  folder: string,
  flags: ValidateFlags,
): Promise<void> {
  const report = await scoreOnAnnotations(source, folder, flags.alpha);
  if (flags.out !== undefined) (await results()).writeJson(report, flags.out, 'turing-change-points.json');
  say(report, describeTuringScores(report), flags);
}

function say(report: object, table: string, { json, quiet, out }: ValidateFlags): void {
  if (json) printJson(report, 2);
  else if (!quiet) print(`${table}${out === undefined ? '' : `\nFiles: ${join(out)}`}`);
}

function sourceOf(detector: string | undefined, { module, command }: ValidateFlags): DetectorSource {
  const given = [detector, module, command].filter((value) => value !== undefined);
  if (given.length > 1) {
    throw new InputError({
      field: 'detector',
      value: given.join(', '),
      allowed: 'one name, --module or --command',
    });
  }
  if (module !== undefined) return { type: 'module', path: module };
  if (command !== undefined) return { type: 'command', command };
  const name = detector ?? defaultDetector;
  detectorNamed(name);
  return { type: 'built-in', name };
}
