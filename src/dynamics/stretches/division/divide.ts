import type { JitteryCurve } from '../noise/jitter.ts';
import type { Evidence } from '../windows/evidence.ts';
import type { Window } from '../windows/minimal-windows.ts';
import { fewestPieces, type Pieces } from './alternating-pieces.ts';
import { undirectedBetween } from './between-transitions.ts';
import { type Transition, type Turn, transitionsOf, turnsOf } from './transitions.ts';

/** A part of a series, in indices of measurements. */
export type Part =
  | { readonly kind: 'level' | 'wander'; readonly first: number; readonly last: number }
  | ({ readonly kind: 'rise' | 'fall' } & Transition);

/** A series in parts, and its turning points. */
export interface Division {
  readonly parts: readonly Part[];
  readonly turns: readonly Turn[];
}

/**
 * Divides a series: rises and falls where something directed is shown, wander where something else moved, level
 * elsewhere. Level and wander reach up to where the windows begin that show a rise or fall.
 */
export function divide(noise: JitteryCurve, evidence: Evidence): Division {
  const n = noise.values.length;
  const { moved, directed } = evidence;
  const anyDirected = directed.rising.length + directed.falling.length > 0;
  const pieces: Pieces = anyDirected ? fewestPieces(directed, n) : { sign: 1, turns: [] };
  const turns = turnsOf(noise.values, pieces);
  const transitions = anyDirected ? transitionsOf(noise, pieces, turns, evidence) : [];
  const anyMove = [...moved.rising, ...moved.falling];
  const parts: Part[] = [];
  let from = 0;
  for (const transition of transitions) {
    if (transition.shown.first - from >= 2) addUndirected(parts, anyMove, from, transition.shown.first);
    parts.push({ kind: transition.sign > 0 ? 'rise' : 'fall', ...transition });
    from = transition.shown.last;
  }
  if (n - 1 - from >= 2) addUndirected(parts, anyMove, from, n - 1);
  return { parts, turns };
}

/** Adds wander and level, merging what is alike, and a level between two wanders that is shorter than the second. */
function addUndirected(parts: Part[], moved: readonly Window[], first: number, last: number): void {
  for (const part of undirectedBetween(moved, first, last)) {
    const [before, previous] = parts.slice(-2);
    const bridged =
      part.kind === 'wander' &&
      previous?.kind === 'level' &&
      before?.kind === 'wander' &&
      previous.last - previous.first < part.last - part.first;
    if (bridged) parts.pop();
    const neighbor = parts.at(-1);
    if (neighbor?.kind === part.kind) parts[parts.length - 1] = { ...neighbor, last: part.last } as Part;
    else parts.push(part);
  }
}
