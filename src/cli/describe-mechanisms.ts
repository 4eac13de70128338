import type { CaseControl } from '../mechanisms/case-control.ts';
import { mechanismMeasures } from '../mechanisms/measures.ts';
import { formatInterval, formatNumber, formatPValue } from '../wording/numbers.ts';
import { counted, someOf } from '../wording/sentences.ts';
import type { ClassAcquisition } from '../workbench/class-acquisitions.ts';
import type { RunAblation, RunMechanismValue, StudyMechanisms } from '../workbench/measure-mechanisms.ts';
import { firstOf } from './first-of.ts';
import { formatTable } from './table.ts';

/** Where everything stands, however much. */
const whole = 'see --out or --json';

/** What was found in the checkpoints, for a terminal. */
export function describeMechanisms(
  { values, tests, without, acquisitions, ablations, notes }: StudyMechanisms,
  out: string | undefined,
): string {
  const checkpoints = new Set(values.map(({ run, step }) => JSON.stringify([run, step]))).size;
  const runs = new Set(values.map(({ run }) => run)).size;
  const missing = values.filter(({ value }) => !value.determined).length;
  const said = firstOf(notes ?? [], whole);
  const acquired = firstOf(acquisitionText(acquisitions), whole);
  return [
    `${counted(values.length, 'value')} from ${counted(checkpoints, 'checkpoint')} of ${counted(runs, 'run')}, ${missing} of them undetermined (the table says why)`,
    ...(without.length === 0 ? [] : [`Without a checkpoint: ${someOf(without, 20)}`]),
    ...said.shown,
    ...said.more,
    tests === null ? firstAndLast(values) : testsText(tests),
    ...acquired.shown,
    ...acquired.more,
    ...(ablations === null ? [] : [ablationText(ablations)]),
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

/** In which order classes are acquired, by run. */
function acquisitionText(acquisitions: readonly ClassAcquisition[]): string[] {
  return [...new Set(acquisitions.map(({ run }) => run))].flatMap((run) => {
    const own = acquisitions.filter((one) => one.run === run);
    const order = own
      .flatMap(({ label, spans }) => (spans.length === 0 ? [] : [{ label, step: spans[0].acquired }]))
      .sort((a, b) => a.step - b.step);
    if (order.length === 0) return [];
    const never = own.filter(({ spans, reason }) => spans.length === 0 && reason === null);
    const forgotten = own.filter(
      ({ spans }) => spans.length > 0 && spans[spans.length - 1].forgotten !== null,
    );
    const list = (classes: readonly ClassAcquisition[]): string =>
      classes.map(({ label }) => label).join(', ');
    return [
      `${run}: classes acquired ${order.map(({ label, step }) => `${label} by step ${step}`).join(', ')}${
        never.length === 0 ? '' : `; never ${list(never)}`
      }${forgotten.length === 0 ? '' : `; forgotten at the end ${list(forgotten)}`}`,
    ];
  });
}

/** The parts whose loss costs most at the last checkpoint of their run. */
function ablationText(ablations: readonly RunAblation[]): string {
  const last = new Map<string, number>();
  for (const { run, step } of ablations) last.set(run, Math.max(step, last.get(run) ?? 0));
  const worst = ablations
    .flatMap((one) =>
      one.step === last.get(one.run) && one.effect.loss.determined
        ? [{ ...one, loss: one.effect.loss.value }]
        : [],
    )
    .sort((a, b) => b.loss - a.loss)
    .slice(0, 10);
  if (worst.length === 0) return 'Nothing could be taken out: see ablation.csv';
  return formatTable(
    ['run', 'without', 'replaced by', 'loss', 'accuracy'],
    worst.map(({ run, place, part, replacement, loss, effect: { accuracy } }) => [
      ...[run, `${place.kind.slice(0, -1)} ${part} of ${place.name}`, replacement],
      ...[signed(loss), accuracy.determined ? signed(accuracy.value) : ''],
    ]),
  );
}

function testsText(tests: readonly CaseControl[]): string {
  if (tests.length === 0)
    return 'No change of the plan has a control whose checkpoints are there: nothing to test';
  const { shown, more } = firstOf(tests, whole);
  const table = formatTable(
    ['measure', 'pairs', 'runs', 'more across changes by', '95 %', 'adjusted p', 'verdict'],
    shown.map(({ measure, pairs, clusters, effect, interval, adjusted, verdict }) => [
      ...[measure, String(pairs), String(clusters), formatNumber(effect)],
      interval === null ? 'one run' : formatInterval(interval),
      ...[formatPValue(adjusted), verdict],
    ]),
  );
  return [table, ...more].join('\n');
}

function signed(value: number): string {
  return value > 0 ? `+${formatNumber(value)}` : formatNumber(value);
}
