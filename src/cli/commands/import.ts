import { Command } from 'commander';
import { importLogs } from '../../workbench/import-logs.ts';
import { print, printJson } from '../terminal.ts';

interface ImportFlags {
  readonly out: string;
  readonly title?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description('Take over training logs made elsewhere (format: Neural Dimensionality Tracking JSON)')
    .argument('<logs-folder>', 'folder with one JSON log per run')
    .requiredOption('-o, --out <folder>', 'folder for the study')
    .option('--title <text>', 'title of the study')
    .option('--overwrite', 'replace a study that is already in the folder')
    .option('-q, --quiet', 'print nothing')
    .option('--json', 'print the manifest as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ rankscope import ndt/runs --out published-study && rankscope report published-study',
    )
    .action((folder: string, { out, title, overwrite, json, quiet }: ImportFlags) => {
      const manifest = importLogs(folder, out, { title, overwrite });
      if (json) printJson(manifest, 2);
      else if (!quiet) print(`${manifest.runs.length} runs imported.\nStudy: ${out}`);
    });
}
