import { Command } from 'commander';
import { checkFiles } from '../../measurements/format/check-store.ts';
import { describeFormat } from '../describe-format.ts';
import { print, printJson } from '../terminal.ts';

interface CheckLogFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function checkLogCommand(): Command {
  return new Command('check-log')
    .description(
      'Hold logs that another program wrote against the log format, and name every fault with its line and field',
    )
    .argument('<path>', 'a log, or the folder of a study')
    .option('--json', 'print the faults as JSON, all of them: file, line, field, message')
    .option('-q, --quiet', 'print nothing; the exit code says it')
    .addHelpText(
      'after',
      `
The format is described in docs/log-format.md, its JSON Schemas are in the package's folder schema. Logs of version 1 need
no checksums; those of version 2 are held against theirs, too. Whether files of rankscope were damaged, verify says.

Exit codes: 0 no fault, 1 faults, 2 there is no log.

Examples:
  $ rankscope check-log my-study
  $ rankscope check-log my-study/runs/mine.jsonl
  $ rankscope check-log my-study --json | jq '.[].faults[]'`,
    )
    .action((path: string, { json, quiet }: CheckLogFlags) => {
      const files = checkFiles(path);
      if (files.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
      if (json) printJson(files, 2);
      else if (!quiet) print(describeFormat(files));
    });
}
