import type { AnswerChange } from '../mechanisms/ablation/ablation-effect.ts';
import type { CaseControl } from '../mechanisms/case-control.ts';
import type { Column, Table } from '../tables/table.ts';
import { table } from '../tables/table.ts';
import type { ClassAcquisition } from '../workbench/class-acquisitions.ts';
import type { RunAblation, RunMechanismValue, StudyMechanisms } from '../workbench/measure-mechanisms.ts';

/** What `mechanisms --out` writes. */
export function mechanismTables({ values, ablations, acquisitions, tests }: StudyMechanisms): Table[] {
  return [
    valuesTable(values),
    acquisitionTable(acquisitions),
    ...(ablations === null ? [] : [ablationTable(ablations)]),
    ...(tests === null ? [] : [testsTable(tests)]),
  ];
}

const run: Column<{ readonly run: string }> = {
  name: 'run',
  type: 'text',
  meaning: 'name of the run',
  of: (row) => row.run,
};
const step: Column<{ readonly step: number }> = {
  ...{ name: 'step', type: 'integer', unit: 'training steps', meaning: 'of the checkpoint' },
  of: (row) => row.step,
};

function valuesTable(values: readonly RunMechanismValue[]) {
  return table(
    'mechanisms',
    'one measure of one layer at one checkpoint',
    [
      run,
      step,
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

function acquisitionTable(acquisitions: readonly ClassAcquisition[]) {
  const rows = acquisitions.flatMap((one) =>
    (one.spans.length === 0 ? [null] : one.spans).map((span) => ({ ...one, span })),
  );
  return table(
    'acquisition',
    'a time during which one class is known: from two measurements in a row at 0.5 or above to two below 0.4',
    [
      run,
      { name: 'class', type: 'integer', meaning: 'from 0', of: ({ label }) => label },
      {
        ...{ name: 'not_before', type: 'integer', unit: 'training steps' },
        meaning: 'measurement before, at which it was not known yet',
        of: ({ span }) => span?.notBefore,
      },
      {
        ...{ name: 'acquired', type: 'integer', unit: 'training steps' },
        meaning: 'first measurement at which it is known; empty for a class that never is',
        of: ({ span }) => span?.acquired,
      },
      {
        ...{ name: 'forgotten', type: 'integer', unit: 'training steps' },
        meaning: 'first measurement at which it is known no more; empty if it is to the end',
        of: ({ span }) => span?.forgotten,
      },
      {
        ...{ name: 'measured_at', type: 'text', meaning: 'evaluations or checkpoints' },
        of: ({ measuredAt }) => measuredAt,
      },
      { name: 'undetermined', type: 'text', meaning: 'why nothing is known', of: ({ reason }) => reason },
    ],
    rows,
  );
}

function ablationTable(ablations: readonly RunAblation[]) {
  return table<AblationRow>(
    'ablation',
    'what the network loses on the probe examples without one head, filter or unit, in all or in one class',
    [
      run,
      step,
      { name: 'place', type: 'text', meaning: 'layer or attention module', of: ({ place }) => place.name },
      { name: 'kind', type: 'text', meaning: 'heads, filters or units', of: ({ place }) => place.kind },
      { name: 'part', type: 'integer', meaning: 'of the place, from 0', of: ({ part }) => part },
      {
        ...{ name: 'replacement', type: 'text', meaning: 'zero, mean or resample' },
        of: ({ replacement }) => replacement,
      },
      { name: 'class', type: 'integer', meaning: 'from 0; empty for all', of: ({ label }) => label },
      {
        ...{
          name: 'loss_change',
          type: 'number',
          unit: 'nats',
          meaning: 'cross-entropy without it less that with it',
        },
        of: ({ change: { loss } }) => (loss.determined ? loss.value : null),
      },
      {
        ...{
          name: 'accuracy_change',
          type: 'number',
          unit: '−1 to 1',
          meaning: 'accuracy without it less that with it',
        },
        of: ({ change: { accuracy } }) => (accuracy.determined ? accuracy.value : null),
      },
      {
        ...{ name: 'undetermined', type: 'text', meaning: 'why there is no change' },
        of: ({ change: { loss } }) => (loss.determined ? null : loss.reason),
      },
    ],
    { [Symbol.iterator]: () => ablationRows(ablations) },
  );
}

interface AblationRow extends RunAblation {
  /** Null for all classes. */
  readonly label: number | null;
  readonly change: AnswerChange;
}

function* ablationRows(ablations: readonly RunAblation[]): Generator<AblationRow> {
  for (const ablation of ablations) {
    yield { ...ablation, label: null, change: ablation.effect };
    for (const [label, change] of ablation.effect.byClass.entries()) yield { ...ablation, label, change };
  }
}
