import type { Window } from './minimal-windows.ts';

/**
 * Unions of windows that overlap, or have at most `gap` places from the end of one to the start of the next.
 *
 * @returns ascending, disjoint.
 */
export function joinWindows(windows: readonly Window[], gap = 0): { first: number; last: number }[] {
  const sorted = [...windows].sort((a, b) => a.first - b.first || a.last - b.last);
  const joined: { first: number; last: number }[] = [];
  for (const { first, last } of sorted) {
    const previous = joined.at(-1);
    if (previous !== undefined && first <= previous.last + gap) previous.last = Math.max(previous.last, last);
    else joined.push({ first, last });
  }
  return joined;
}

/** `seeds`, each grown by the windows that touch it, by those that touch these, and so on. */
export function growWindows(seeds: readonly Window[], windows: readonly Window[]): Window[] {
  const ascending = joinWindows(seeds);
  let next = 0;
  return joinWindows([...seeds, ...windows]).filter(({ first, last }) => {
    while (next < ascending.length && ascending[next].last < first) next++;
    return next < ascending.length && ascending[next].first <= last;
  });
}
