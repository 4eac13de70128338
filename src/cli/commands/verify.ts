import { Command } from 'commander';
import { verifyStudy } from '../../study/verify-store.ts';
import { describeVerification } from '../describe-verification.ts';
import { mostListed } from '../first-of.ts';
import { startProgress } from '../progress.ts';
import { print, printJson } from '../terminal.ts';

interface VerifyFlags {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Say what of a study is whole and what is damaged or lost, line by line; changes nothing')
    .argument('<study>', 'folder of a study')
    .option('--all', 'list every run and fault, however many')
    .option('--json', 'print the verdicts as JSON, all of them')
    .option('-q, --quiet', 'print nothing; the exit code says it')
    .addHelpText(
      'after',
      `
Held against each other: every record of a log with its checksum and number, the end of a log with the count and digest
of the whole, checkpoints with their own digests, the manifest with its checksum, and logs with what the manifest noted
when they ended. Studies of version 1 have none of these: there, what files say twice must agree.

Of more than ${mostListed} runs the first are listed, those that are not whole ahead of the others.

An interrupted run is whole as far as it goes, and so is a study in which runs were not started yet.

Exit codes: 0 whole, 1 something is damaged or missing, 2 the folder holds no study.

Examples:
  $ rankscope verify my-study
  $ rankscope verify my-study --json | jq '.runs[] | select(.state == "damaged")'
  $ rankscope verify my-study --quiet || rankscope repair my-study --out my-study-repaired`,
    )
    .action((study: string, { all, json, quiet }: VerifyFlags) => {
      const verification = verifyWithProgress(study, quiet || json);
      if (!verification.isWhole) process.exitCode = 1;
      if (json) printJson(verification, 2);
      else if (!quiet) print(describeVerification(study, verification, all));
    });
}

function verifyWithProgress(study: string, quiet: boolean | undefined): ReturnType<typeof verifyStudy> {
  let progress: ReturnType<typeof startProgress> | null = null;
  try {
    return verifyStudy(study, (done, total, run) => {
      progress ??= startProgress('Verifying', total, quiet);
      progress.update(done, run);
    });
  } finally {
    (progress as ReturnType<typeof startProgress> | null)?.stop();
  }
}
