import { caseMaker } from './cases.ts';
import type { FuzzedReader } from './fuzzed-reader.ts';
import { type Finding, type JudgeOptions, judge } from './judge.ts';

/** A finding and the case that made it: `--reader name --seed s --case index` makes it again. */
export interface CaseFinding extends Finding {
  readonly index: number;
}

/** What came of some cases of one reader. */
export interface CasesSummary {
  readonly cases: number;
  /** Read in spite of the damage, or refused by an InputError. */
  readonly read: number;
  readonly refused: number;
  readonly slowestSeconds: number;
  readonly findings: readonly CaseFinding[];
}

export interface RunOptions extends JudgeOptions {
  readonly seed: number;
  /** First case, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Most bytes of a case. */
  readonly largest?: number;
  /** Called before each case. */
  readonly onCase?: (index: number) => void;
}

/** Runs cases `from` to `to - 1` of a reader; the same seed gives the same cases. */
export function runCases(reader: FuzzedReader, options: RunOptions): CasesSummary {
  const { seed, from, to, largest, onCase = () => {} } = options;
  const bytesOf = caseMaker(reader, seed, largest);
  const findings: CaseFinding[] = [];
  let read = 0;
  let refused = 0;
  let slowestSeconds = 0;
  for (let index = from; index < to; index++) {
    onCase(index);
    const { measured, finding } = judge(reader, bytesOf(index), options);
    if (measured.outcome === 'read') read++;
    if (measured.outcome === 'refused') refused++;
    slowestSeconds = Math.max(slowestSeconds, measured.seconds);
    if (finding !== null) findings.push({ index, ...finding });
  }
  return { cases: to - from, read, refused, slowestSeconds, findings };
}
