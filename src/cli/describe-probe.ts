import { plainLine } from '../errors/plain-text.ts';
import type { MatchKind, ParameterMatch, ParameterMatching } from '../probe/match-parameters.ts';
import type { Probed } from '../probe/probe-model.ts';
import { formatTable } from './table.ts';

const said: Readonly<Record<MatchKind, string>> = {
  name: 'same name',
  prefix: "same name without a wrapper's prefix",
  suffix: 'same end of the name',
  value: 'same values in the exported checkpoint',
};

/** What matched how, what was measured, and what was not. */
export function describeProbe(probed: Probed): string {
  const { header, records, evaluations, matching, skipped, hidden, notes } = probed;
  const inside = [...hidden].map(([operator, count]) => `${count} ${operator}`).join(', ');
  return [
    ...(matching === null ? [] : matchingLines(matching)),
    ...skipped.map(({ name, reason }) => `Not measured: ${plainLine(name)}: ${plainLine(reason)}`),
    ...(inside === '' ? [] : [`Not measured: nodes inside If, Loop, Scan and functions: ${inside}`]),
    ...notes,
    '',
    `${header.layers.length} layers at ${records.length} ${records.length === 1 ? 'checkpoint' : 'checkpoints'}, steps ${records.map(({ step }) => step).join(', ')}`,
    ...evaluations.map(
      ({ step, accuracy, loss }) => `step ${step}: accuracy ${accuracy.toFixed(3)}, loss ${loss!.toFixed(4)}`,
    ),
  ].join('\n');
}

function matchingLines({ matches, counters, tied, kept }: ParameterMatching): string[] {
  return [
    formatTable(
      ['weight', 'in the model', 'shape', 'matched by'],
      matches.map((match) => [
        match.weight,
        match.parameter.name,
        match.parameter.shape.join(' × '),
        howOf(match),
      ]),
    ),
    ...(counters.length === 0
      ? []
      : [`Not read by an evaluation: ${counters.length} counters (${plainLine(counters[0])}, …)`]),
    ...tied.map(({ weight, to }) => `Tied: ${plainLine(weight)} is ${plainLine(to)}`),
    ...keptLines(kept),
  ];
}

/** Constants of the graph that no weight is; single numbers, such as an epsilon, are only counted. */
function keptLines(kept: ParameterMatching['kept']): string[] {
  const isNumber = ({ shape }: { readonly shape: readonly number[] }): boolean =>
    shape.every((extent) => extent === 1);
  const arrays = kept.filter((parameter) => !isNumber(parameter));
  const numbers = kept.length - arrays.length;
  return [
    ...(numbers === 0 ? [] : [`As exported: ${numbers} constants of one number`]),
    ...arrays.map(({ name, shape }) => `As exported, no weight: ${plainLine(name)} [${shape}]`),
  ];
}

function howOf({ how, parameter, transposed }: ParameterMatch): string {
  const kind =
    parameter.kind === 'merged'
      ? `, merged into ${parameter.mergedInto} when exported`
      : parameter.kind === 'constant'
        ? ', a Constant node'
        : '';
  return `${said[how]}${kind}${transposed ? ', transposed' : ''}`;
}

/** The same for programs. */
export function matchingJson({
  header,
  records,
  evaluations,
  matching,
  exported,
  replay,
  skipped,
  hidden,
  notes,
}: Probed) {
  return {
    run: header.id,
    layers: header.layers,
    steps: records.map(({ step }) => step),
    evaluations,
    exported: exported === null ? null : { checkpoint: exported.path, step: exported.step },
    replay,
    weights: (matching?.matches ?? []).map(({ weight, parameter, how, transposed }) => ({
      weight,
      parameter: parameter.name,
      shape: parameter.shape,
      how,
      kind: parameter.kind,
      merged_into: parameter.mergedInto,
      transposed,
    })),
    counters: matching?.counters ?? [],
    tied: matching?.tied ?? [],
    kept: (matching?.kept ?? []).map(({ name }) => name),
    skipped,
    hidden: Object.fromEntries(hidden),
    notes,
  };
}
