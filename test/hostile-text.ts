import { expect } from 'vitest';

/**
 * A name that would clear the screen, ring, set a color by C1, turn the direction of writing, begin a line of its own, end an
 * element or a script, and be no valid XML or UTF-16.
 */
export const hostileText =
  'x\u001b[2J\u001b]0;owned\u0007\u009b31m\u0000\u202e\u2066\u2028\nFORGED: all is well\r\n\u007f</script>&<b>"\' \uffff\ud800';

/** Asserts that whoever shows this text does nothing else with it: no control character but tab and line feed, no bidi mark. */
export function expectShown(text: string): void {
  expect(text).not.toMatch(/(?![\t\n])\p{Cc}/u);
  expect(text).not.toMatch(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]/);
  expect(text).not.toMatch(/\p{Cs}/u);
}

/** Asserts the same of what is printed, and that nothing from a file begins a line of it. */
export function expectPlain(text: string): void {
  expectShown(text);
  expect(text).not.toMatch(/^\s*FORGED/m);
}
