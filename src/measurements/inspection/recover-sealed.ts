import { type Line, LineSplitter } from '../log/line-splitter.ts';
import { hasText, readSeal } from '../log/record-seal.ts';
import type { LogFaults } from './log-faults.ts';
import type { RecoveredRecords } from './recovered-records.ts';

export const headerStart = '{"format":"rankscope-run"';
const endStart = '{"end":';

/**
 * Records of a log with checksums, by their numbers: out of place, they are put in their place, and those that are
 * missing show.
 *
 * @param seed the header's checksum.
 * @param expected how many records there must be, if the manifest says so.
 */
export function recoverSealed(
  bytes: Uint8Array,
  seed: number,
  expected: number | null,
  faults: LogFaults,
): RecoveredRecords {
  const records = new Map<number, Line>();
  let highest = 0;
  /** Damaged lines after the last whole one. */
  let trailing = 0;
  const take = (line: Line): boolean => {
    const seal = readSeal(line.bytes, hasText(line.bytes, 0, headerStart) ? 0 : seed);
    if (!seal?.holds) return false;
    const { number } = seal;
    if (records.has(number)) faults.add(line.number, `a copy of record ${number}`);
    else if (number < highest) faults.add(line.number, `record ${number}, out of its place`);
    if (!records.has(number)) records.set(number, line);
    highest = Math.max(highest, number);
    trailing = 0;
    return true;
  };
  const splitter = new LineSplitter();
  for (const line of splitter.push(bytes)) {
    if (take(line)) continue;
    trailing++;
    faults.add(line.number, 'its checksum does not fit it');
  }
  const { rest } = splitter;
  const isTorn = rest !== null && !take(rest);
  const numbers = [...records.keys()].sort((a, b) => a - b);
  const last = records.get(highest);
  const hasEnd = last !== undefined && hasText(last.bytes, 0, endStart);
  if (rest !== null && (hasEnd || expected !== null)) {
    faults.add(rest.number, isTorn ? 'no whole record' : 'its line end is missing');
  }
  const total = hasEnd ? highest : Math.max(highest, expected ?? highest + trailing);
  return { entries: withGaps(numbers, records, total, faults), unplaced: 0, isTorn };
}

function withGaps(
  numbers: readonly number[],
  records: ReadonlyMap<number, Line>,
  total: number,
  faults: LogFaults,
): RecoveredRecords['entries'] {
  const entries: (Line | { lost: number })[] = [];
  let next = 2;
  const lose = (upTo: number): void => {
    if (upTo < next) return;
    faults.add(null, upTo === next ? `record ${next} is lost` : `records ${next} to ${upTo} are lost`);
    entries.push({ lost: upTo - next + 1 });
  };
  for (const number of numbers) {
    if (number < 2) continue;
    lose(number - 1);
    entries.push(records.get(number)!);
    next = number + 1;
  }
  lose(total);
  return entries;
}
