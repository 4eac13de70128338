import { joinWindows } from '../windows/joined-windows.ts';
import type { Window } from '../windows/minimal-windows.ts';

/** A part of a series in which nothing is directed. */
export interface Undirected {
  readonly kind: 'level' | 'wander';
  readonly first: number;
  readonly last: number;
}

/** Movements that are closer than this are one; a level that is shorter is none. */
const SHORTEST = 5;

/**
 * What lies from place `first` to `last`, between rises and falls: wander where something moved, level elsewhere.
 *
 * @param moved all windows in which something moved, rising or falling.
 */
export function undirectedBetween(moved: readonly Window[], first: number, last: number): Undirected[] {
  const parts: Undirected[] = [];
  const within = moved.filter((window) => window.first >= first && window.last <= last);
  let from = first;
  for (const wander of joinWindows(within, SHORTEST)) {
    if (wander.first - from >= SHORTEST) parts.push({ kind: 'level', first: from, last: wander.first });
    else wander.first = from;
    parts.push({ kind: 'wander', ...wander });
    from = wander.last;
  }
  if (last - from >= SHORTEST || from === first) parts.push({ kind: 'level', first: from, last });
  else parts[parts.length - 1] = { ...parts[parts.length - 1], last };
  return parts;
}
