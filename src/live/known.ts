import type { Known } from './messages.ts';

/** Digits of a number on the page: shorter by half than in full, and finer than any screen. */
const DIGITS = 7;

/** A number as the page is told it; null where it is none, or not finite. */
export function known(value: number): Known {
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null;
}
