import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { plainLine } from '../../errors/plain-text.ts';
import { readBoundedText } from '../../files/read-file.ts';
import { readNdtFolder } from '../../measurements/ndt-store.ts';
import { checkAgainstPublished, type PublishedCheck } from '../../published/check.ts';
import { loggedRun } from '../../published/logged-run.ts';
import { reproduce } from '../../published/reproduce.ts';
import { formatCsv } from '../../tables/csv.ts';
import { type Column, table } from '../../tables/table.ts';
import { formatTable } from '../table.ts';
import { print, printJson } from '../terminal.ts';
import { writeFiles } from '../write-files.ts';

interface ReproduceFlags {
  readonly out: string;
  readonly check?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Larger than any published file by far; a bound on what is read into memory. */
const largestPublishedFile = 2 ** 24;
/** Of a difference, shown on the terminal; comparison.csv has all of it. */
const longestLine = 300;

export function reproduceCommand(): Command {
  return new Command('reproduce')
    .description(
      'Recompute a published Neural Dimensionality Tracking study by its own method, faults included',
    )
    .argument('<logs-folder>', 'folder with the published JSON logs')
    .requiredOption('-o, --out <folder>', 'where the recomputed files go, under their published names')
    .option('--check <folder>', 'compare field by field with the published files in this folder')
    .option('-q, --quiet', 'print nothing')
    .option('--json', 'print the comparison as JSON')
    .addHelpText(
      'after',
      `
With --check, every field must be equal to the bit, equal within 1e-12, or follow from the one jump that the
published study drew without a seed; otherwise the exit code is 1. comparison.csv lists every field.
The method is kept as published for comparison only: analyze and audit say what the logs support.

Example:
  $ rankscope reproduce ndt/runs --out recomputed --check ndt/published`,
    )
    .action((folder: string, flags: ReproduceFlags) => {
      const published = flags.check === undefined ? null : readPublished(flags.check);
      const runs = readNdtFolder(folder).map(loggedRun);
      if (published === null) {
        const produced = reproduce(runs);
        writeFiles(flags.out, produced);
        say(flags, `${produced.size} files recomputed from ${runs.length} runs.\nFiles: ${flags.out}`);
        return;
      }
      const check = checkAgainstPublished(runs, published);
      writeFiles(flags.out, new Map([...check.produced, ['comparison.csv', comparisonTable(check)]]));
      if (flags.json) printJson(summaryOf(check), 2);
      else say(flags, `${describeCheck(check)}\nFiles: ${flags.out}`);
      if (!check.passed) process.exitCode = 1;
    });
}

function say({ quiet, json }: ReproduceFlags, text: string): void {
  if (!quiet && !json) print(text);
}

function readPublished(folder: string): Map<string, string> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new InputError({ file: folder, allowed: 'the folder of the published files' });
  }
  const names = readdirSync(folder).filter((name) => /\.(json|csv)$/.test(name));
  return new Map(
    names.map((name) => {
      return [name, readBoundedText(join(folder, name), largestPublishedFile)];
    }),
  );
}

function describeCheck({ files, uncompared, draw, passed, rows }: PublishedCheck): string {
  const table = formatTable(
    ['file', 'fields', 'equal to the bit', 'within 1e-12', 'different', 'explained', 'same text'],
    files.map((file) => [
      file.file,
      file.fields,
      file.equalToTheBit,
      file.equalWithin,
      file.different,
      file.explained,
      file.sameText ? 'yes' : file.sameTextWithPublishedDraw ? 'with the published draw' : 'no',
    ]),
  );
  const differences = rows
    .filter(({ status, explained }) => status === 'different' && !explained)
    .slice(0, 20)
    .map(({ file, field, expected, actual, why }) =>
      plainLine(`  ${file} ${field}: published ${expected}, recomputed ${actual} (${why})`, longestLine),
    );
  return [
    table,
    ...(draw === null ? [] : [`Unseeded draw: ${draw}`]),
    ...(uncompared.length === 0 ? [] : [`Not recomputed from logs: ${plainLine(uncompared.join(', '))}`]),
    ...(differences.length === 0 ? [] : ['Unexplained differences:', ...differences]),
    passed
      ? 'Every field agrees, but for what follows from the unseeded draw.'
      : 'NOT equal to the published study.',
  ].join('\n');
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

function summaryOf({ passed, files, uncompared, draw, rows }: PublishedCheck) {
  return {
    passed,
    draw,
    uncompared,
    files,
    differences: rows.filter(({ status }) => status === 'different'),
  };
}
