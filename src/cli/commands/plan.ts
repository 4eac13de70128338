import { Command, Option } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { writeAtomically } from '../../files/write-atomically.ts';
import { chooseSeries } from '../../findings/choose-series.ts';
import { planCheckpoints } from '../../planning/plan-checkpoints.ts';
import { formatPlan } from '../../planning/plan-file.ts';
import {
  type CheckpointPlan,
  type CheckpointWindow,
  type Strategy,
  strategies,
} from '../../planning/types.ts';
import { counted } from '../../wording/sentences.ts';
import { openStudy } from '../../workbench/open-study.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { firstOf } from '../first-of.ts';
import { names, share, wholeNumber } from '../option-values.ts';
import { formatTable } from '../table.ts';
import { print, printError } from '../terminal.ts';

interface PlanFlags {
  readonly out?: string;
  readonly metric?: string;
  readonly strategy: Strategy;
  readonly number?: number;
  readonly window?: number;
  readonly alpha?: number;
  readonly runs?: string[];
  readonly json?: boolean;
}

export function planCommand(): Command {
  return new Command('plan')
    .description(
      'Plan when to save checkpoints: around what changes, and in control windows where nothing does',
    )
    .argument('<study>', 'folder of a study')
    .option('-o, --out <file>', 'write the plan here, for train --plan or the PyTorch recorder')
    .addOption(new Option('--strategy <name>', 'where to look').choices([...strategies]).default('targeted'))
    .option('--metric <series>', 'series whose changes count, e.g. stable_rank')
    .option(
      '--number <count>',
      'checkpoints per run, at most; the surest changes are kept (default: 60)',
      wholeNumber(1),
    )
    .option('--window <measurements>', 'taken in on either side of a change (default: 1)', wholeNumber(0))
    .option(
      '--alpha <share>',
      'chance of a rise or fall where there is none, per curve (default: 0.05)',
      share,
    )
    .option('--runs <names>', 'only these runs, comma-separated', names)
    .option('--json', 'print the plan')
    .addHelpText(
      'after',
      `
A change is looked at before, during and after. Its control is a window of the same layer of the same run, as long and as
near in training as there is, in which nothing has a direction: what differs more across changes than across controls
may belong to the change, or to its time in training where no control is near.

Examples:
  $ rankscope plan my-study
  $ rankscope plan my-study --out plan.json && rankscope train study.yaml --out looked-into --plan plan.json
  $ rankscope plan my-study --metric participation_ratio --number 30 --window 2 --json
  $ rankscope plan my-study --strategy logarithmic --number 20 --out plan.json

The same seeds train to the same bytes, so the second training is the first one with checkpoints.`,
    )
    .action((directory: string, flags: PlanFlags) => {
      const { runs, remarks } = openStudy(directory, flags.metric);
      const chosen = flags.runs === undefined ? runs : flags.runs.map((id) => named(runs, id));
      const plan = planCheckpoints(chosen, { ...flags, metric: chooseSeries(chosen, flags.metric) });
      if (flags.out !== undefined) writeAtomically(flags.out, formatPlan(plan));
      const notes = describeRemarks(remarks);
      if (notes.length > 0) printError(notes.join('\n'));
      if (flags.json) print(formatPlan(plan).trimEnd());
      else print([describePlan(plan), ...(flags.out === undefined ? [] : [`Plan: ${flags.out}`])].join('\n'));
    });
}

function named<T extends { readonly id: string }>(runs: readonly T[], id: string): T {
  const run = runs.find((candidate) => candidate.id === id);
  if (run !== undefined) return run;
  throw new InputError({
    field: '--runs',
    value: id,
    allowed: oneOf(
      id,
      runs.map((candidate) => candidate.id),
    ),
  });
}

function describePlan({ strategy, metric, runs, steps }: CheckpointPlan): string {
  const windows = runs.flatMap((run) => run.windows.map((window) => ({ run: run.run, ...window })));
  const changes = windows.filter(({ change }) => change !== 'none');
  const unmatched = runs.flatMap((run) =>
    run.unmatched.map(({ window, reason }) => `${run.run} ${run.windows[window].layer}: ${reason}`),
  );
  const most = Math.max(0, ...runs.map((run) => run.steps.length));
  const summary =
    strategy === 'targeted'
      ? `${counted(changes.length, 'change')} of ${metric} in ${counted(runs.length, 'run')}, ${windows.length - changes.length} with a control; at most ${counted(most, 'checkpoint')} a run, ${steps.length} different steps`
      : `${counted(steps.length, 'checkpoint')}, ${strategy}`;
  const listed = firstOf(windows, '--json has them all');
  const alone = firstOf(unmatched, '--json has them all');
  return [
    summary,
    ...(windows.length === 0 ? [] : [windowTable(listed.shown), ...listed.more]),
    ...(unmatched.length === 0
      ? []
      : ['Without a control:', ...[...alone.shown, ...alone.more].map((line) => `  ${line}`)]),
  ].join('\n');
}

function windowTable(windows: readonly (CheckpointWindow & { readonly run: string })[]): string {
  return formatTable(
    ['run', 'layer', 'what', 'before', 'during', 'after'],
    windows.map(({ run, layer, change, pace, quiet, before, during, after }) => [
      ...[run, layer, change === 'none' ? `control (${quiet})` : `${change} (${pace})`],
      ...[before, during, after].map(String),
    ]),
  );
}
