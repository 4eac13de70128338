import { plainLine } from '../errors/plain-text.ts';
import type { FormatFault } from '../measurements/format/check-log.ts';
import type { FileCheck } from '../measurements/format/check-store.ts';
import { firstOf } from './first-of.ts';

/** Lines that are named where one fault stands in many. */
const mostLines = 5;

/** The faults of all files with their places, the same one in many lines once; and what was found whole. */
export function describeFormat(files: readonly FileCheck[]): string {
  const faulty = files.filter(({ faults }) => faults.length > 0);
  const logs = files.filter(({ log }) => log !== null);
  const faults = faulty.flatMap(({ file, faults }) =>
    grouped(faults).map((fault) => `${plainLine(file)}${fault}`),
  );
  const checked = `${logs.length} ${logs.length === 1 ? 'log' : 'logs'}`;
  const ended = logs.filter(({ log }) => log?.hasEnd).length;
  if (faults.length === 0)
    return `No fault in ${checked}: ${ended} ended, ${logs.length - ended} interrupted or under way.`;
  const total = faulty.reduce((sum, file) => sum + file.faults.length, 0);
  const { shown, more } = firstOf(faults, '--json has them all');
  return [
    ...shown,
    ...more,
    `${total} ${total === 1 ? 'fault' : 'faults'} in ${faulty.length} of ${files.length} files.`,
  ].join('\n');
}

function grouped(faults: readonly FormatFault[]): string[] {
  const lines = new Map<string, number[]>();
  for (const { line, message } of faults) {
    const known = lines.get(message) ?? [];
    if (line !== null) known.push(line);
    lines.set(message, known);
  }
  return [...lines].map(([message, places]) => `${placeOf(places)}: ${message}`);
}

function placeOf(lines: readonly number[]): string {
  if (lines.length === 0) return '';
  const more = lines.length > mostLines ? ` and ${lines.length - mostLines} more` : '';
  return `, ${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, mostLines).join(', ')}${more}`;
}
