import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { readBoundedText } from '../files/read-file.ts';
import { readNdtFolder } from '../imports/ndt/ndt-store.ts';
import { checkAgainstPublished, type PublishedCheck } from '../published/check.ts';
import { loggedRun } from '../published/logged-run.ts';
import { reproduce } from '../published/reproduce.ts';
import { formatCsv } from '../tables/csv.ts';
import { type Column, table } from '../tables/table.ts';

/** Larger than any published file by far; a bound on what is read into memory. */
const largestPublishedFile = 2 ** 24;

/** A published study recomputed by its own method. */
export interface Reproduction {
  /** How many logs it was recomputed from. */
  readonly runs: number;
  /** Its files by their published names, and `comparison.csv` where they were compared. */
  readonly produced: ReadonlyMap<string, string>;
  /** What the comparison came to; null where there was none. */
  readonly check: PublishedCheck | null;
}

/**
 * Recomputes the study *Neural Dimensionality Tracking* by its own method, faults included.
 *
 * @param logs folder with its JSON logs.
 * @param publishedFolder its published files, to be compared field by field; nothing is compared if absent.
 * @throws InputError where a folder or a file cannot be read.
 */
export function reproduceStudy(logs: string, publishedFolder?: string): Reproduction {
  const published = publishedFolder === undefined ? null : readPublished(publishedFolder);
  const runs = readNdtFolder(logs).map(loggedRun);
  if (published === null) return { runs: runs.length, produced: reproduce(runs), check: null };
  const check = checkAgainstPublished(runs, published);
  const produced = new Map([...check.produced, ['comparison.csv', comparisonTable(check)]]);
  return { runs: runs.length, produced, check };
}

function readPublished(folder: string): Map<string, string> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new InputError({ file: folder, allowed: 'the folder of the published files' });
  }
  const names = readdirSync(folder).filter((name) => /\.(json|csv)$/.test(name));
  return new Map(names.map((name) => [name, readBoundedText(join(folder, name), largestPublishedFile)]));
}

const comparisonColumns: readonly Column<PublishedCheck['rows'][number]>[] = [
  { name: 'file', type: 'text', meaning: 'published file', of: ({ file }) => file },
  { name: 'field', type: 'text', meaning: 'place in it', of: ({ field }) => field },
  { name: 'status', type: 'text', meaning: 'how the two compare', of: ({ status }) => status },
  { name: 'expected', type: 'text', meaning: 'as published', of: ({ expected }) => expected },
  { name: 'actual', type: 'text', meaning: 'as recomputed', of: ({ actual }) => actual },
  {
    name: 'explained',
    type: 'boolean',
    meaning: 'whether the unseeded draw explains a difference',
    of: ({ explained }) => explained,
  },
  { name: 'why', type: 'text', meaning: 'what the difference is', of: ({ why }) => why },
];

function comparisonTable({ rows }: PublishedCheck): string {
  return formatCsv(table('comparison', 'one published field', comparisonColumns, rows));
}
