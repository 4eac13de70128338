import { InvalidArgumentError } from 'commander';

/** Parses an option that takes a whole number of at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`allowed: a whole number of at least ${least}`);
    }
    return value;
  };
}

/** Parses an option that takes a port to listen at: 0 stands for any that is free. */
export function portNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) {
    throw new InvalidArgumentError('allowed: a whole number from 0 to 65535');
  }
  return value;
}

/** Parses an option that takes a share strictly between 0 and 1. */
export function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('allowed: a number between 0 and 1');
  return value;
}

/** Parses `0,1,2` or `0-4` into a list of whole numbers. */
export function wholeNumbers(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const range = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part.trim());
    const from = Number(range?.[1]);
    const to = Number(range?.[2] ?? range?.[1]);
    if (range === null || to < from || to - from > 10_000) {
      throw new InvalidArgumentError('allowed: whole numbers or ranges, e.g. 0,1,2 or 0-4');
    }
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

/** Parses a comma-separated list of names. */
export function names(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}
