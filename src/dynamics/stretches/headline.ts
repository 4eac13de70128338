import { typeset } from '../../wording/typeset.ts';
import { stepsOf } from './fast-stretches.ts';
import type { SeedStretch, SeedsDescription } from './seeds/types.ts';
import type { SentenceOptions } from './sentence.ts';
import type { CurveDescription, Stretch } from './types.ts';

type Description = CurveDescription | SeedsDescription;
type Directed = Stretch & { readonly kind: 'rise' | 'fall' };

/** A layer and what its curve, or its curve over seeds, does. */
export interface NamedCurve {
  readonly layer: string;
  readonly curve: Description;
}

/**
 * What the layers of a network do together, in one sentence without a full stop: which way they move furthest, by how much and
 * by when, how many turn later, and what of them cannot be said. Of layers whose rises and falls do not hold over all curves it
 * is said apart, and that they do not.
 *
 * @example
 * headlineOf([]); // 'no layer was measured'
 */
export function headlineOf(layers: readonly NamedCurve[], { threshold = 1 }: SentenceOptions = {}): string {
  const n = layers.length;
  const moves = layers.flatMap(({ layer, curve }): Moves[] =>
    curve.described
      ? [
          {
            layer,
            own: [...curve.stretches].filter(isDirected),
            held: [...curve.stretches].filter(isDirected).filter(({ pValue }) => (pValue ?? 0) <= threshold),
            stretches: curve.stretches,
          },
        ]
      : [],
  );
  if (moves.length === 0) {
    const reasons = layers.flatMap(({ curve }) => (curve.described ? [] : [curve.reason]));
    return n === 0
      ? 'no layer was measured'
      : `no curve could be described: ${[...new Set(reasons)].join('; ')}`;
  }
  const holding = moves.map((one) => ({ ...one, own: one.held }));
  const main = mainMoves(holding, n);
  const unheld = moves.filter((one, k) => mainOf(holding[k]) === null && mainOf(one) !== null);
  const without = moves.filter((one) => mainOf(one) === null);
  const wandering = without.filter(({ stretches }) => stretches.some(({ kind }) => kind !== 'level'));
  const still = without.filter((one) => !wandering.includes(one));
  const undescribed = n - moves.length;
  return [
    ...main,
    ...mainMoves(unheld, n, false),
    ...(wandering.length > 0
      ? [`${named(wandering, n)} ${verb('move', wandering.length)} without a direction that was shown`]
      : []),
    ...(still.length > 0
      ? [`${named(still, n)} ${verb('show', still.length)} no movement beyond the noise`]
      : []),
    ...(undescribed > 0 ? [`${undescribed} of ${n} layers could not be described`] : []),
  ].join('; ');
}

interface Moves {
  readonly layer: string;
  /** Its rises and falls, and those that hold over all curves. */
  readonly own: readonly Directed[];
  readonly held: readonly Directed[];
  readonly stretches: readonly Stretch[];
}

/** A turn that takes back no more of the main movement is for the layer's own sentence. */
const NEGLIGIBLE = 0.01;

/** The layers that move furthest one way, and those that move furthest the other, the more first. */
function mainMoves(moves: readonly Moves[], n: number, holds = true): string[] {
  return (['fall', 'rise'] as const)
    .map((kind) => ({ kind, those: moves.filter((one) => mainOf(one)?.kind === kind) }))
    .filter(({ those }) => those.length > 0)
    .sort((a, b) => b.those.length - a.those.length)
    .flatMap(({ kind, those }) => {
      const [move, ...later] = mainMove(kind, those, n);
      return holds ? [move, ...later] : [`${move}, which does not hold over all curves`];
    });
}

/** The layers that move furthest this way, and those of them that turn later. */
function mainMove(kind: 'rise' | 'fall', those: readonly Moves[], n: number): string[] {
  const mains = those.map((one) => mainOf(one)!);
  const other = kind === 'fall' ? 'rise' : 'fall';
  const turns = those.flatMap(({ layer, own }, l) => {
    const turn = furthest(
      own
        .slice(own.indexOf(mains[l]) + 1)
        .filter(
          ({ kind, amplitude }) =>
            kind === other && Math.abs(amplitude.value) > NEGLIGIBLE * Math.abs(mains[l].amplitude.value),
        ),
    );
    return turn === null ? [] : [{ layer, turn }];
  });
  const who =
    turns.length === those.length
      ? those.length === 1
        ? 'it'
        : 'they'
      : turns.length === 1
        ? turns[0].layer
        : `${turns.length} of them`;
  return [
    `${named(those, n)} ${verb(kind, those.length)}${shares(mains)}, by step ${span(mains.map(endOf).map(Math.round))}`,
    ...(turns.length === 0
      ? []
      : [`${who} ${verb(other, turns.length)} later${shares(turns.map(({ turn }) => turn))}`]),
  ];
}

function isDirected(stretch: Stretch): stretch is Directed {
  return stretch.kind === 'rise' || stretch.kind === 'fall';
}

/** The rise or fall that goes furthest; null where the layer wandered further, so that this says little of it. */
function mainOf({ own, stretches }: Moves): Directed | null {
  const most = furthest(own);
  const wandered = Math.max(
    0,
    ...stretches.map(({ kind, amplitude }) => (kind === 'wander' ? Math.abs(amplitude.value) : 0)),
  );
  return most !== null && Math.abs(most.amplitude.value) >= wandered ? most : null;
}

function furthest(stretches: readonly Directed[]): Directed | null {
  return stretches.reduce<Directed | null>(
    (most, one) =>
      most === null || Math.abs(one.amplitude.value) > Math.abs(most.amplitude.value) ? one : most,
    null,
  );
}

/** Over seeds the mean of where they end. */
function endOf(stretch: Directed): number {
  const timing = 'timing' in stretch ? (stretch as SeedStretch).timing : null;
  return timing?.end.value ?? stepsOf(stretch)[1];
}

/** Relative amplitudes from the smallest to the largest; nothing where one starts from 0. */
function shares(stretches: readonly Directed[]): string {
  const known = stretches.flatMap(({ relativeAmplitude }) => relativeAmplitude ?? []);
  if (known.length < stretches.length) return '';
  const sizes = known.map((share) => wholePercent(100 * Math.abs(share)));
  const sign = known[0] < 0 ? '−' : '+';
  return ` (${sign}${span(sizes, ` to ${sign}`)} %)`;
}

/** Whole, but where that would be 0. */
function wholePercent(value: number): number {
  return value >= 1 ? Math.round(value) : Number(value.toPrecision(1));
}

function span(values: readonly number[], between = '–'): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => typeset(value));
  return low === high ? low : `${low}${between}${high}`;
}

/** How many of the layers they are; the name of one among several. */
function named(those: readonly { readonly layer: string }[], n: number): string {
  if (those.length === n) return n === 1 ? 'the layer' : n === 2 ? 'both layers' : `all ${n} layers`;
  return those.length === 1 ? those[0].layer : `${those.length} of ${n} layers`;
}

function verb(word: string, count: number): string {
  return count === 1 ? `${word}s` : word;
}
