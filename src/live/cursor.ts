/** Up to where a page has a run: so many measurements, and what they were. */
export interface Position {
  readonly count: number;
  readonly crc: number;
}

/** Up to where a page has each run, by the run's place in the study. */
export type Cursor = ReadonlyMap<number, Position>;

/** A browser sends the id back in a header, which may not be longer than servers and what lies between them take. */
const LONGEST = 6000;

/**
 * A cursor as the id of an event: `place.count.crc` of every run, joined by commas, numbers to base 36. Empty where that would
 * be too long: whoever comes back with it is sent everything again, which does no harm.
 */
export function formatCursor(cursor: Cursor): string {
  const text = [...cursor]
    .filter(([, { count }]) => count > 0)
    .map(([place, { count, crc }]) => [place, count, crc].map((part) => part.toString(36)).join('.'))
    .join(',');
  return text.length > LONGEST ? '' : text;
}

/** What an id says; nothing where it is none of ours, so that whoever sends it is told everything. */
export function parseCursor(text: string | null | undefined): Cursor {
  const cursor = new Map<number, Position>();
  if (text == null || text.length > LONGEST || !/^[0-9a-z.,]+$/.test(text)) return cursor;
  for (const entry of text.split(',')) {
    const [place, count, crc] = entry.split('.').map((part) => Number.parseInt(part, 36));
    if ([place, count, crc].every(Number.isSafeInteger)) cursor.set(place, { count, crc });
  }
  return cursor;
}
