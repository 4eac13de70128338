import { opposite, type Sign, type SignedWindows, windowsOfSign } from '../windows/evidence.ts';
import type { Window } from '../windows/minimal-windows.ts';

/** A series in monotone pieces: the sign of the first, and between which places each turn lies. */
export interface Pieces {
  readonly sign: Sign;
  readonly turns: readonly Window[];
}

/**
 * The fewest alternating rising and falling pieces such that no rising window lies inside a falling piece or the reverse.
 * Going forward each turn is as late as it may be, going backward as early: together they are its interval.
 *
 * @param n number of measurements.
 */
export function fewestPieces(windows: SignedWindows, n: number): Pieces {
  const { rising, falling } = windows;
  const risesFirst = rising.length > 0 && (falling.length === 0 || rising[0].last <= falling[0].last);
  let sign: Sign = risesFirst ? 1 : -1;
  let latest = latestTurns(windows, sign);
  const otherwise = latestTurns(windows, opposite(sign));
  if (otherwise.length < latest.length) [sign, latest] = [opposite(sign), otherwise];
  const lastSign = latest.length % 2 === 0 ? sign : opposite(sign);
  const earliest = earliestTurns(windows, lastSign, n);
  return {
    sign,
    turns: latest.slice(0, earliest.length).map((late, k) => ({
      first: Math.min(late, earliest[k]),
      last: Math.max(late, earliest[k]),
    })),
  };
}

function latestTurns(windows: SignedWindows, firstSign: Sign): number[] {
  const turns: number[] = [];
  let sign = firstSign;
  for (let from = 0; ; sign = opposite(sign)) {
    const against = windowsOfSign(windows, opposite(sign));
    const next = against[lowerIndex(against, ({ first }) => first >= from)];
    if (next === undefined) return turns;
    from = next.last - 1;
    turns.push(from);
  }
}

function earliestTurns(windows: SignedWindows, lastSign: Sign, n: number): number[] {
  const turns: number[] = [];
  let sign = lastSign;
  for (let until = n - 1; ; sign = opposite(sign)) {
    const against = windowsOfSign(windows, opposite(sign));
    const next = against[lowerIndex(against, ({ last }) => last > until) - 1];
    if (next === undefined) return turns.reverse();
    until = next.first + 1;
    turns.push(until);
  }
}

/** Index of the first window for which this holds, where it holds for all after it. */
function lowerIndex(windows: readonly Window[], holds: (window: Window) => boolean): number {
  let low = 0;
  let high = windows.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if (holds(windows[half])) high = half;
    else low = half + 1;
  }
  return low;
}
