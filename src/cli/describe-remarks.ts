import type { StudyRemark } from '../measurements/study-remarks.ts';
import { printable } from './printable.ts';

/** A screen holds no more, and the report has them all. */
const mostLines = 10;

/** What a reader must know before relying on a study's runs, a line each; none where there is nothing to say. */
export function describeRemarks(remarks: readonly StudyRemark[]): string[] {
  const lines = remarks.slice(0, mostLines).map(({ message }) => `Note: ${printable(message)}.`);
  const more = remarks.length - lines.length;
  return more > 0 ? [...lines, `Note: and ${more} more of the kind; the report lists them.`] : lines;
}
