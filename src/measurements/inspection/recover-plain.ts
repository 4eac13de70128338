import { type Line, LineSplitter } from '../log/line-splitter.ts';
import { isFields, parseLine } from '../log/log-lines.ts';
import { hasText } from '../log/record-seal.ts';
import type { LogFaults } from './log-faults.ts';
import { headerStart } from './recover-sealed.ts';
import type { RecoveredRecords } from './recovered-records.ts';

/** In which order records of one step are written. */
const kinds = ['event', 'step', 'spectra', 'evaluation', 'track', 'end'] as const;

interface Place {
  readonly kind: (typeof kinds)[number];
  /** The kind, and of which track or of what name. */
  readonly series: string;
  /** Infinite for the end. */
  readonly step: number;
}

/**
 * Records of a log without checksums: its lines that are JSON of a known kind, by their steps. Copies, and records of a
 * kind that stand in the wrong order, show here; others that are missing or changed only when their content is read.
 *
 * @param file named in errors.
 * @param header the line of the header.
 */
export function recoverPlain(
  bytes: Uint8Array,
  file: string,
  header: number,
  faults: LogFaults,
): RecoveredRecords {
  const found: { readonly line: Line; readonly place: Place }[] = [];
  const first = new Map<string, Line>();
  const latest = new Map<string, number>();
  let unplaced = 0;
  const take = (line: Line): boolean => {
    const place = placeOf(line, file);
    if (place === null) return false;
    const { series, step } = place;
    const other = first.get(`${series} ${step}`);
    if (other !== undefined) {
      const isCopy = Buffer.compare(other.bytes, line.bytes) === 0;
      faults.add(
        line.number,
        isCopy ? `a copy of line ${other.number}` : `in the place of line ${other.number}`,
      );
      if (!isCopy) unplaced++;
      return true;
    }
    first.set(`${series} ${step}`, line);
    const before = latest.get(series) ?? -1;
    const isParted = place.kind === 'spectra' && step !== latest.get('step');
    if (step < before || isParted || latest.has('end'))
      faults.add(line.number, `step ${step}, out of its place`);
    latest.set(series, Math.max(step, before));
    found.push({ line, place });
    return true;
  };
  const splitter = new LineSplitter();
  for (const line of splitter.push(bytes)) {
    if (line.number === header || take(line)) continue;
    if (hasText(line.bytes, 0, headerStart)) {
      faults.add(line.number, 'a copy of the header');
      continue;
    }
    unplaced++;
    faults.add(line.number, 'no record');
  }
  const { rest } = splitter;
  const isTorn = rest !== null && !take(rest);
  if (isTorn && latest.has('end')) faults.add(rest.number, 'no record');
  found.sort((a, b) => compare(a.place, b.place));
  return { entries: found.map(({ line }) => line), unplaced, isTorn };
}

function placeOf(line: Line, file: string): Place | null {
  const record = parseLine(line, file);
  if (record === undefined) return null;
  const place = (kind: Place['kind'], step: unknown, series: string = kind): Place | null =>
    typeof step === 'number' ? { kind, series, step } : null;
  if (record.step !== undefined) return place('step', record.step);
  if (isFields(record.spectra)) return place('spectra', record.spectra.step);
  if (isFields(record.evaluation)) return place('evaluation', record.evaluation.step);
  if (isFields(record.event) && typeof record.event.name === 'string') {
    return place('event', record.event.step, `event ${record.event.name}`);
  }
  if (isFields(record.track) && typeof record.track.id === 'string') {
    return place('track', record.track.step, `track ${record.track.id}`);
  }
  return isFields(record.end) ? place('end', Number.POSITIVE_INFINITY) : null;
}

function compare(a: Place, b: Place): number {
  return a.step === b.step ? kinds.indexOf(a.kind) - kinds.indexOf(b.kind) : a.step < b.step ? -1 : 1;
}
