import { fewestPieces } from './alternating-pieces.ts';
import { undirectedBetween } from './between-transitions.ts';
import { MinimalWindows, type Window } from './minimal-windows.ts';
import { rangeSums } from './range-sums.ts';
import { multiscalePenalty } from './scales.ts';
import { type Evidence, type Transition, transitionsOf } from './transitions.ts';
import type { ScaleWindows } from './windows.ts';

/** How far beyond `multiscalePenalty` a window must be. */
export interface Thresholds {
  /** In units of the jitter: the quantity moved. */
  readonly moved: number;
  /** In units of a walk: it has a direction. */
  readonly directed: number;
}

/** A part of a series, in indices of measurements. */
export type Part =
  | { readonly kind: 'level' | 'wander'; readonly first: number; readonly last: number }
  | ({ readonly kind: 'rise' | 'fall' } & Transition);

/** The minimal windows beyond the thresholds. */
export function evidenceIn(scales: Iterable<ScaleWindows>, n: number, thresholds: Thresholds): Evidence {
  const found = () => ({ rising: new MinimalWindows(n), falling: new MinimalWindows(n) });
  const [moved, directed] = [found(), found()];
  for (const { scale, difference, jitter, walk } of scales) {
    const penalty = multiscalePenalty(n, scale);
    for (let k = 0; k < difference.length; k++) {
      const size = Math.abs(difference[k]);
      if (!(size > jitter[k] * (penalty + thresholds.moved))) continue;
      const sign = difference[k] > 0 ? 'rising' : 'falling';
      const last = k + 2 * scale - 1;
      moved[sign].add(k, last);
      if (size > walk[k] * (penalty + thresholds.directed)) directed[sign].add(k, last);
    }
  }
  const listed = ({ rising, falling }: typeof moved) => ({ rising: rising.list(), falling: falling.list() });
  return { moved: listed(moved), directed: listed(directed) };
}

/** Divides a series into its parts. @param values without spikes. */
export function divide(values: Float64Array, evidence: Evidence): Part[] {
  const n = values.length;
  const { moved, directed } = evidence;
  const transitions =
    directed.rising.length + directed.falling.length === 0
      ? []
      : transitionsOf({ values, sums: rangeSums(values) }, fewestPieces(directed, n), evidence);
  const anyMove = [...moved.rising, ...moved.falling];
  const parts: Part[] = [];
  let from = 0;
  for (const transition of transitions) {
    if (transition.shown.first - from >= 2) addUndirected(parts, anyMove, from, transition.shown.first);
    parts.push({ kind: transition.sign > 0 ? 'rise' : 'fall', ...transition });
    from = transition.shown.last;
  }
  if (n - 1 - from >= 2) addUndirected(parts, anyMove, from, n - 1);
  return parts;
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
    const neighbour = parts.at(-1);
    if (neighbour?.kind === part.kind) parts[parts.length - 1] = { ...neighbour, last: part.last } as Part;
    else parts.push(part);
  }
}
