import { plainLine } from '../errors/plain-text.ts';
import type { MeasuredMatrix } from '../weights/measure-checkpoint.ts';
import type { ExaminedCheckpoint } from '../weights/weights-table.ts';
import { formatTable } from './table.ts';

const digits = (value: number | null | undefined, places = 3): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toPrecision(places);

/** Every checkpoint as a table, with what was left out below it. */
export function describeWeights(checkpoints: readonly ExaminedCheckpoint[]): string {
  return checkpoints.map(describeCheckpoint).join('\n\n');
}

function describeCheckpoint({ checkpoint, step, matrices, tied, skipped }: ExaminedCheckpoint): string {
  const hasTwins = matrices.some(({ twin }) => twin !== null);
  const header = ['matrix', 'shape', 'stable', 'effective', 'σ₁', '‖W‖', 'α', '±', 'xmin', 'tail', 'spikes'];
  const at = step === null ? '' : `, step ${step}`;
  const labels = new Map<string, number>();
  for (const { training } of matrices) labels.set(training.label, (labels.get(training.label) ?? 0) + 1);
  return [
    `${plainLine(checkpoint)}${at}: ${matrices.length} ${matrices.length === 1 ? 'matrix' : 'matrices'}`,
    ...(matrices.length === 0
      ? []
      : [
          formatTable(
            [...header, ...(hasTwins ? ['> twin', 'traps'] : []), 'label'],
            matrices.map((matrix) => rowOf(matrix, hasTwins)),
          ),
          `Labels (Martin & Mahoney's rule of thumb on α): ${[...labels].map(([label, count]) => `${count} ${label}`).join(', ')}`,
        ]),
    ...matrices
      .filter(({ spectrum }) => spectrum.undetermined !== undefined)
      .map(({ name, spectrum }) => `Not measured: ${plainLine(name)}: ${plainLine(spectrum.undetermined!)}`),
    ...(tied.length === 0
      ? []
      : [
          `Counted once: ${tied.map(({ name, sameAs }) => `${plainLine(name)} (= ${plainLine(sameAs)})`).join(', ')}`,
        ]),
    ...[...skipped].map(([reason, names]) => `Left out, ${reason}: ${someOf(names)}`),
  ].join('\n');
}

function rowOf(matrix: MeasuredMatrix, hasTwins: boolean): (string | number)[] {
  const {
    name,
    rows,
    columns,
    stableRank,
    effectiveRank,
    spectralNorm,
    frobeniusNorm,
    tail,
    bulk,
    twin,
    training,
  } = matrix;
  return [
    name,
    `${rows} × ${columns}`,
    digits(stableRank.determined ? stableRank.value : null),
    digits(effectiveRank.determined ? effectiveRank.value : null),
    digits(spectralNorm),
    digits(frobeniusNorm),
    tail.determined ? tail.exponent.toFixed(3) : '–',
    tail.determined ? tail.standardError.toFixed(3) : '–',
    digits(tail.determined ? tail.from : null),
    tail.determined ? tail.tail : '–',
    bulk?.spikes ?? '–',
    ...(hasTwins ? [twin?.beyond ?? '–', twin?.traps ?? '–'] : []),
    training.label,
  ];
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => plainLine(name, 80));
  return `${names.length} (${shown.join(', ')}${names.length > shown.length ? ', …' : ''})`;
}
