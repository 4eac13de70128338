import { join } from 'node:path';
import { Command } from 'commander';
import { writeAtomically } from '../../files/write-atomically.ts';
import type { CaseControl } from '../../mechanisms/case-control.ts';
import { mechanismMeasures } from '../../mechanisms/measures.ts';
import { table } from '../../tables/table.ts';
import { tableFiles } from '../../tables/table-files.ts';
import { formatInterval, formatNumber, formatPValue } from '../../wording/numbers.ts';
import { counted } from '../../wording/sentences.ts';
import { readCheckpointPlan } from '../../workbench/input-files.ts';
import {
  measureMechanisms,
  type RunMechanismValue,
  type StudyMechanisms,
} from '../../workbench/measure-mechanisms.ts';
import { names, share, wholeNumber } from '../option-values.ts';
import { startProgress } from '../progress.ts';
import { formatTable } from '../table.ts';
import { print, printJson } from '../terminal.ts';

interface MechanismsFlags {
  readonly out?: string;
  readonly plan?: string;
  readonly runs?: string[];
  readonly alpha?: number;
  readonly seed?: number;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

const mostListed = 60;

export function mechanismsCommand(): Command {
  return new Command('mechanisms')
    .description(
      'Measure what is inside a study’s checkpoints: heads, filters, units, weights, representations',
    )
    .argument('<study>', 'folder of a study that was trained here, with checkpoints')
    .option('-o, --out <folder>', 'write mechanisms.csv here (and case_control.csv with --plan)')
    .option('--plan <file>', 'the plan the checkpoints were saved by: tests changes against matched controls')
    .option('--runs <names>', 'only these runs, comma-separated', names)
    .option('--alpha <share>', 'false discovery rate over the measures (default: 0.05)', share)
    .option(
      '--seed <number>',
      'seed of the test where there are more than 12 runs (default: 0)',
      wholeNumber(0),
    )
    .option('-q, --quiet', 'no progress and no table')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
Measures:
${Object.entries(mechanismMeasures)
  .map(([name, { meaning, unit }]) => `  ${name.padEnd(26)}${meaning} (${unit})`)
  .join('\n')}

Examples:
  $ rankscope plan my-study --out plan.json && rankscope train study.yaml --out looked-into --plan plan.json
  $ rankscope mechanisms looked-into --plan plan.json --out looked-into/mechanisms
  $ rankscope mechanisms looked-into --json | jq '.values[] | select(.measure == "attention_entropy")'`,
    )
    .action(async (directory: string, flags: MechanismsFlags) => {
      const plan = flags.plan === undefined ? undefined : readCheckpointPlan(flags.plan);
      let progress: ReturnType<typeof startProgress> | null = null;
      const found = await measureMechanisms(directory, {
        ...flags,
        plan,
        onCheckpoint: (done, total, run) => {
          progress ??= startProgress('Measuring', total, flags.quiet || flags.json);
          progress.update(done, run);
        },
      }).finally(() => progress?.stop());
      if (flags.out !== undefined) {
        const tables = [
          valuesTable(found.values),
          ...(found.tests === null ? [] : [testsTable(found.tests)]),
        ];
        for (const [path, content] of tableFiles(tables)) writeAtomically(join(flags.out, path), content);
      }
      if (flags.json) printJson(found, 2);
      else if (!flags.quiet) print(describe(found, flags.out));
    });
}

function valuesTable(values: readonly RunMechanismValue[]) {
  return table(
    'mechanisms',
    'one measure of one layer at one checkpoint',
    [
      { name: 'run', type: 'text', meaning: 'name of the run', of: ({ run }) => run },
      {
        name: 'step',
        type: 'integer',
        unit: 'training steps',
        meaning: 'of the checkpoint',
        of: ({ step }) => step,
      },
      { name: 'measure', type: 'text', meaning: 'what was measured', of: ({ measure }) => measure },
      {
        name: 'subject',
        type: 'text',
        meaning: 'layer, attention module, parameter or class',
        of: ({ subject }) => subject,
      },
      {
        name: 'value',
        type: 'number',
        meaning: 'in the unit of the measure',
        of: ({ value }) => (value.determined ? value.value : null),
      },
      ...(['lower', 'upper'] as const).map((name, end) => ({
        ...{ name, type: 'number' as const, meaning: 'of its 95 % interval, of measures that have one' },
        of: ({ value }: RunMechanismValue) => (value.determined ? value.interval?.[end] : null),
      })),
      {
        name: 'chance',
        type: 'number',
        meaning: 'what guessing would reach, of measures that have such a level',
        of: ({ value }) => (value.determined ? value.chance : null),
      },
      {
        name: 'undetermined',
        type: 'text',
        meaning: 'why there is no value',
        of: ({ value }) => (value.determined ? null : value.reason),
      },
    ],
    values,
  );
}

function testsTable(tests: readonly CaseControl[]) {
  return table(
    'case_control',
    'one measure: its change across changes of the curve against matched controls',
    [
      { name: 'measure', type: 'text', meaning: 'what was measured', of: ({ measure }) => measure },
      { name: 'pairs', type: 'integer', meaning: 'changes with a control', of: ({ pairs }) => pairs },
      { name: 'runs', type: 'integer', meaning: 'runs that they come from', of: ({ clusters }) => clusters },
      {
        name: 'effect',
        type: 'number',
        meaning: 'mean |change| less |control|, over runs',
        of: ({ effect }) => effect,
      },
      { name: 'lower', type: 'number', meaning: 'of its 95 % interval', of: ({ interval }) => interval?.[0] },
      { name: 'upper', type: 'number', meaning: 'of its 95 % interval', of: ({ interval }) => interval?.[1] },
      {
        name: 'p_value',
        type: 'number',
        unit: '0 to 1',
        meaning: 'of the sign-flip test over runs',
        of: ({ pValue }) => pValue,
      },
      {
        name: 'adjusted_p',
        type: 'number',
        unit: '0 to 1',
        meaning: 'Benjamini-Hochberg over the measures',
        of: ({ adjusted }) => adjusted,
      },
      {
        name: 'verdict',
        type: 'text',
        meaning: 'more, less, no difference shown, too few runs',
        of: ({ verdict }) => verdict,
      },
    ],
    tests,
  );
}

function describe({ values, tests, without }: StudyMechanisms, out: string | undefined): string {
  const checkpoints = new Set(values.map(({ run, step }) => JSON.stringify([run, step]))).size;
  const runs = new Set(values.map(({ run }) => run)).size;
  const missing = values.filter(({ value }) => !value.determined).length;
  return [
    `${counted(values.length, 'value')} from ${counted(checkpoints, 'checkpoint')} of ${counted(runs, 'run')}, ${missing} of them undetermined (the table says why)`,
    ...(without.length === 0 ? [] : [`Without a checkpoint: ${without.join(', ')}`]),
    tests === null ? firstAndLast(values) : testsText(tests),
    ...(out === undefined ? [] : [`Tables: ${out}`]),
  ].join('\n');
}

/** What every measure was at the first checkpoint of its run and is at the last, mean over runs and layers. */
function firstAndLast(values: readonly RunMechanismValue[]): string {
  const rows = Object.keys(mechanismMeasures).flatMap((measure) => {
    const own = values.filter((value) => value.measure === measure);
    if (own.length === 0) return [];
    const ends = [Math.min, Math.max].map((end) => {
      const found = [...new Set(own.map(({ run }) => run))].flatMap((run) => {
        const steps = own.filter((value) => value.run === run && value.value.determined);
        const step = end(...steps.map((value) => value.step));
        return steps.flatMap(({ step: at, value }) => (at === step && value.determined ? [value.value] : []));
      });
      return found.length === 0
        ? 'undetermined'
        : formatNumber(found.reduce((sum, x) => sum + x, 0) / found.length);
    });
    return [[measure, ...ends]];
  });
  return formatTable(['measure', 'first checkpoint', 'last checkpoint'], rows);
}

function testsText(tests: readonly CaseControl[]): string {
  if (tests.length === 0)
    return 'No change of the plan has a control whose checkpoints are there: nothing to test';
  return formatTable(
    ['measure', 'pairs', 'runs', 'more across changes by', '95 %', 'adjusted p', 'verdict'],
    tests
      .slice(0, mostListed)
      .map(({ measure, pairs, clusters, effect, interval, adjusted, verdict }) => [
        ...[measure, String(pairs), String(clusters), formatNumber(effect)],
        interval === null ? 'one run' : formatInterval(interval),
        ...[formatPValue(adjusted), verdict],
      ]),
  );
}
