import { Command } from 'commander';
import { plainLine } from '../../errors/plain-text.ts';
import { writeFiles } from '../../files/write-files.ts';
import type { PublishedCheck } from '../../published/check.ts';
import { reproduceStudy } from '../../workbench/reproduce-store.ts';
import { formatTable } from '../table.ts';
import { print, printJson } from '../terminal.ts';

interface ReproduceFlags {
  readonly out: string;
  readonly check?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

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
      const { runs, produced, check } = reproduceStudy(folder, flags.check);
      writeFiles(flags.out, produced);
      if (check === null) {
        say(flags, `${produced.size} files recomputed from ${runs} runs.\nFiles: ${flags.out}`);
        return;
      }
      if (flags.json) printJson(summaryOf(check), 2);
      else say(flags, `${describeCheck(check)}\nFiles: ${flags.out}`);
      if (!check.passed) process.exitCode = 1;
    });
}

function say({ quiet, json }: ReproduceFlags, text: string): void {
  if (!quiet && !json) print(text);
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

function summaryOf({ passed, files, uncompared, draw, rows }: PublishedCheck) {
  return {
    passed,
    draw,
    uncompared,
    files,
    differences: rows.filter(({ status }) => status === 'different'),
  };
}
