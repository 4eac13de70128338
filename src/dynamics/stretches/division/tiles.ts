import type { Window } from '../windows/minimal-windows.ts';
import type { Part } from './divide.ts';
import type { Transition } from './transitions.ts';

/** Where one stretch ends and the next begins. */
export interface Edge {
  readonly place: number;
  readonly interval: Window;
}

/** A part of a series from edge to edge; the next begins where it ends. */
export interface Tile {
  readonly kind: Part['kind'];
  readonly from: Edge;
  readonly to: Edge;
  /** What is known of a rise or fall. */
  readonly transition: Transition | null;
}

/** What lies between two transitions must be as long to be a level. */
const SHORTEST_BETWEEN = 5;
/** What else is shorter belongs to the transition beside it. */
const NEGLIGIBLE = 3;

/**
 * Lays the parts of a division end to end over the whole series: rises and falls from their starts to their ends,
 * wander and level over what lies between.
 *
 * @param moved all windows in which something moved: they say where wander begins and ends.
 * @param n number of measurements.
 */
export function tilesOf(parts: readonly Part[], moved: readonly Window[], n: number): Tile[] {
  return laidOut(withLevels(withoutNegligible(parts, n), n), moved, n);
}

/** Edge to edge; without level and wander of which the rises and falls beside them leave nothing. */
function laidOut(tiled: readonly Part[], moved: readonly Window[], n: number): Tile[] {
  const inner = tiled.slice(1).map((next, k) => edgeBetween(tiled[k], next, moved));
  const edges = [outerEdge(0, tiled[0]), ...inner, outerEdge(n - 1, tiled[tiled.length - 1])];
  const isEmpty = (part: Part, k: number): boolean =>
    tiled.length > 1 && !isTransition(part) && edges[k].place >= edges[k + 1].place;
  const nothing = tiled.findIndex(isEmpty);
  if (nothing >= 0) return laidOut(tiled.toSpliced(nothing, 1), moved, n);
  return tiled.map((part, k) => ({
    kind: part.kind,
    from: edges[k],
    to: edges[k + 1],
    transition: isTransition(part) ? part : null,
  }));
}

function isTransition(part: Part | undefined): part is Extract<Part, Transition> {
  return part !== undefined && 'shown' in part;
}

/** Level and wander of which the transitions beside them leave something. */
function withoutNegligible(parts: readonly Part[], n: number): Part[] {
  return parts.filter((part, k) => {
    if (isTransition(part) || parts.length === 1) return true;
    const before = parts[k - 1];
    const after = parts[k + 1];
    const first = isTransition(before) ? before.last : part.first;
    const last = isTransition(after) ? after.first : after === undefined ? n - 1 : part.last;
    return last - first >= NEGLIGIBLE;
  });
}

/** With levels between transitions, and at the ends, where these leave more than a few measurements. */
function withLevels(parts: readonly Part[], n: number): Part[] {
  const levelIn = (first: number, last: number, least: number): Part[] =>
    last - first >= least ? [{ kind: 'level', first, last }] : [];
  return parts.flatMap((part, k) => {
    if (!isTransition(part)) return [part];
    const before = parts[k - 1];
    const after = parts[k + 1];
    const leading = before === undefined ? levelIn(0, part.first, NEGLIGIBLE) : [];
    const trailing =
      after === undefined
        ? levelIn(part.last, n - 1, NEGLIGIBLE)
        : isTransition(after)
          ? levelIn(part.last, after.first, SHORTEST_BETWEEN)
          : [];
    return [...leading, part, ...trailing];
  });
}

function edgeBetween(part: Part, next: Part, moved: readonly Window[]): Edge {
  if (isTransition(part) && isTransition(next)) {
    return { place: Math.round((part.last + next.first) / 2), interval: hull(part.end, next.start) };
  }
  if (isTransition(part)) return { place: part.last, interval: part.end };
  if (isTransition(next)) return { place: next.first, interval: next.start };
  return wanderEdge(part, next, moved);
}

/** Between level and wander: in the first or last window that shows the wander. */
function wanderEdge(part: Part, next: Part, moved: readonly Window[]): Edge {
  const place = part.last;
  const at = { first: place, last: place };
  const wander = part.kind === 'wander' ? part : next;
  const inside = moved.filter(({ first, last }) => first >= wander.first && last <= wander.last);
  if (inside.length === 0) return { place, interval: at };
  const bounding = inside.reduce((best, window) =>
    (part.kind === 'wander' ? window.first > best.first : window.last < best.last) ? window : best,
  );
  return { place, interval: hull(bounding, at) };
}

/** The end of the series, which a transition that touches it reaches. */
function outerEdge(place: number, part: Part): Edge {
  const at = { first: place, last: place };
  if (!isTransition(part)) return { place, interval: at };
  return { place, interval: hull(place === 0 ? part.start : part.end, at) };
}

function hull(a: Window, b: Window): Window {
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}
