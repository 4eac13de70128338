import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { importers } from '../../imports/importers.ts';
import { counted } from '../../wording/sentences.ts';
import { importLogs } from '../../workbench/import-logs.ts';
import { printable } from '../printable.ts';
import { print, printJson } from '../terminal.ts';

interface ImportFlags {
  readonly out: string;
  readonly from?: string;
  readonly columns?: Record<string, string>;
  readonly names?: string;
  readonly architecture?: string;
  readonly dataset?: string;
  readonly title?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** A terminal shows so many notes; the manifest has them all. */
const notesShown = 20;

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Take over training logs made elsewhere: your own tables, TensorBoard, wandb, MLflow and others',
    )
    .argument('<log>', 'file or folder')
    .requiredOption('-o, --out <folder>', 'folder for the study')
    .option('--from <format>', 'format of the log (default: guessed, and the guess said)')
    .option(
      '--columns <role=name,…>',
      'columns of a table: step, run, layer, metric, value, kind, seed, …',
      columnNames,
    )
    .option('--names <pattern>', 'how columns are named after layers, e.g. "{layer}/{metric}"')
    .option('--architecture <name>', 'of runs that do not say theirs')
    .option('--dataset <name>', 'of runs that do not say theirs')
    .option('--title <text>', 'title of the study')
    .option('--overwrite', 'replace a study that is already in the folder')
    .option('-q, --quiet', 'print nothing')
    .option('--json', 'print the manifest as JSON')
    .addHelpText(
      'after',
      `
Formats:
${importers.map(({ name, reads }) => `  ${name.padEnd(14)} ${reads}`).join('\n')}

Examples:
  $ rankscope import metrics.csv --out my-study
  $ rankscope import long.csv --columns step=iter,layer=module,value=score --out my-study
  $ rankscope import ndt/runs --out published-study && rankscope report published-study`,
    )
    .action(async (log: string, { out, json, quiet, ...options }: ImportFlags) => {
      const { manifest, format, notes } = await importLogs(log, out, options);
      if (json) printJson(manifest, 2);
      else if (!quiet) {
        const { name, reads, guessed } = format;
        const more =
          notes.length > notesShown ? [`  and ${notes.length - notesShown} more, in the manifest`] : [];
        print(
          [
            `${guessed ? 'It looks like' : 'Read as'} ${name}: ${reads}`,
            ...notes.slice(0, notesShown).map((note) => `  ${printable(note)}`),
            ...more,
            `${counted(manifest.runs.length, 'run')} imported.`,
            `Study: ${out}`,
          ].join('\n'),
        );
      }
    });
}

function columnNames(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=');
      if (at > 0 && at < pair.length - 1) return [pair.slice(0, at).trim(), pair.slice(at + 1)];
      throw new InputError({
        field: '--columns',
        value: pair,
        allowed: 'role=name, e.g. step=iter,layer=module',
      });
    }),
  );
}
