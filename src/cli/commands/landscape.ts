import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { writeAtomically } from '../../files/write-atomically.ts';
import { landscapeMeasures } from '../../study/checkpoint-landscape.ts';
import { formatNumber } from '../../wording/numbers.ts';
import { counted, someOf } from '../../wording/sentences.ts';
import {
  type LandscapeValue,
  measureLandscape,
  type StudyLandscape,
  type StudyLandscapeOptions,
} from '../../workbench/measure-landscape.ts';
import { firstOf } from '../first-of.ts';
import { landscapeTables } from '../landscape-tables.ts';
import { names, share, wholeNumber } from '../option-values.ts';
import { startProgress } from '../progress.ts';
import { formatTable } from '../table.ts';
import { print, printJson } from '../terminal.ts';

interface LandscapeFlags extends Omit<StudyLandscapeOptions, 'onCheckpoint'> {
  readonly out?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

const mostListed = 60;

export function landscapeCommand(): Command {
  return new Command('landscape')
    .description(
      'Measure the loss around a study’s checkpoints: sharpness, Hessian spectrum, learning coefficient',
    )
    .argument('<study>', 'folder of a study that was trained here, with checkpoints')
    .option(
      '-o, --out <folder>',
      'write landscape.csv, hessian_spectrum.csv, learning_coefficient_chains.csv here',
    )
    .option(
      '--measures <names>',
      `some of ${landscapeMeasures.join(', ')}, comma-separated (default: all)`,
      measures,
    )
    .option('--runs <names>', 'only these runs, comma-separated', names)
    .option('--examples <number>', 'training examples whose mean loss it is (default: 512)', wholeNumber(2))
    .option('--eigenvalues <number>', 'how many of the largest (default: 3)', wholeNumber(1))
    .option('--probes <number>', 'random vectors for the spectrum (default: 8)', wholeNumber(1))
    .option('--steps <number>', 'products with the Hessian for each probe (default: 32)', wholeNumber(1))
    .option('--chains <number>', 'of the learning coefficient (default: 4)', wholeNumber(1))
    .option('--burn-in <number>', 'steps of each chain that do not count (default: 400)', wholeNumber(0))
    .option('--draws <number>', 'steps of each chain that count (default: 600)', wholeNumber(4))
    .option(
      '--localization <strength>',
      'pull of the chains to the checkpoint, γ (default: 100)',
      wholeNumber(0),
    )
    .option(
      '--step-share <share>',
      'step of the chains, as a share of 1/(nβ · sharpness + γ) (default: 0.02)',
      share,
    )
    .option('--seed <number>', 'of the random draws (default: 0)', wholeNumber(0))
    .option('-q, --quiet', 'no progress and no table')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
docs/landscape.md says what each number means, how it is computed, and what it costs.

Examples:
  $ rankscope landscape my-study                               every checkpoint, every measure
  $ rankscope landscape my-study --measures eigenvalues --eigenvalues 10
  $ rankscope landscape my-study --measures learning-coefficient --chains 8 --draws 2000 --out tables`,
    )
    .action(async (directory: string, flags: LandscapeFlags) => {
      let progress: ReturnType<typeof startProgress> | null = null;
      const found = await measureLandscape(directory, {
        ...flags,
        onCheckpoint: (done, total, run) => {
          progress ??= startProgress('Measuring', total, flags.quiet || flags.json);
          progress.update(done, run);
        },
      }).finally(() => progress?.stop());
      if (flags.out !== undefined) {
        const { tableFiles } = await import('../../tables/table-files.ts');
        for (const [path, content] of tableFiles(landscapeTables(found))) {
          writeAtomically(join(flags.out, path), content);
        }
      }
      if (flags.json) printJson({ ...found, chains: found.chains.map(plainChains) }, 2);
      else if (!flags.quiet) print(describe(found, flags.out));
    });
}

function measures(text: string): (typeof landscapeMeasures)[number][] {
  const wanted = new Set(names(text));
  const unknown = [...wanted].find((name) => !landscapeMeasures.some((measure) => measure === name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`allowed: ${landscapeMeasures.join(', ')}, comma-separated`);
  }
  return landscapeMeasures.filter((measure) => wanted.has(measure));
}

function plainChains({ losses, ...at }: StudyLandscape['chains'][number]) {
  return { ...at, losses: losses.map((course) => [...course]) };
}

function describe({ values, without }: StudyLandscape, out: string | undefined): string {
  const checkpoints = new Set(values.map(({ run, step }) => JSON.stringify([run, step]))).size;
  const missing = values.filter(({ value }) => !value.determined).length;
  const remarks = new Set(
    values
      .filter(({ remark }) => remark !== '')
      .map(({ run, step, remark }) => `${run}, step ${step}: ${remark}`),
  );
  const said = firstOf([...remarks], 'see --out or --json', mostListed);
  return [
    `${counted(checkpoints, 'checkpoint')}, ${counted(missing, 'value')} undetermined (the table says why); ± is a standard error`,
    courses(values),
    ...said.shown,
    ...said.more,
    ...(without.length === 0 ? [] : [`Without a checkpoint: ${someOf(without, 20)}`]),
    ...(out === undefined ? [] : [`Tables: ${out}`]),
  ].join('\n');
}

/** A row per run and measure, first → last checkpoint. */
function courses(values: readonly LandscapeValue[]): string {
  const rows = new Map<string, LandscapeValue[]>();
  for (const value of values) {
    const key = JSON.stringify([value.run, value.measure]);
    rows.set(key, [...(rows.get(key) ?? []), value]);
  }
  const listed = [...rows.values()].slice(0, mostListed);
  const left = rows.size - listed.length;
  const text = formatTable(
    ['run', 'measure', 'first checkpoint', 'last checkpoint'],
    listed.map((row) => [
      row[0].run,
      row[0].measure.replaceAll('_', ' '),
      shown(row[0]),
      shown(row[row.length - 1]),
    ]),
  );
  return left === 0 ? text : `${text}\n… and ${counted(left, 'more row')}: see --out or --json`;
}

function shown({ value, standardError }: LandscapeValue): string {
  if (!value.determined) return 'undetermined';
  return standardError === null
    ? formatNumber(value.value)
    : `${formatNumber(value.value)} ± ${formatNumber(standardError, 2)}`;
}
