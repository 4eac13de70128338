import { typeset } from '../../wording/typeset.ts';

/** A number as short as it can be read: 1.5k for 1,500. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return typeset(Number(value.toPrecision(3)));
}
