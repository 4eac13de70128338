import { Command } from 'commander';
import { repairStudy } from '../../study/repair-store.ts';
import { firstOf } from '../first-of.ts';
import { printable } from '../printable.ts';
import { startProgress } from '../progress.ts';
import { print, printJson } from '../terminal.ts';

interface RepairFlags {
  readonly out: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function repairCommand(): Command {
  return new Command('repair')
    .description('Make a new study of what is whole of a damaged one, which stays as it is')
    .argument('<study>', 'folder of a study')
    .requiredOption('-o, --out <folder>', 'folder for the new study: one that does not exist, or is empty')
    .option('--json', 'print what is kept and what is lost as JSON')
    .option('-q, --quiet', 'print nothing')
    .addHelpText(
      'after',
      `
Whole files are copied byte for byte. A damaged log is written anew with its whole records and says how many are lost; a
damaged checkpoint is left out. What is lost stands in the new manifest too, and analyze, show and report say it.
Trained again into the new folder, a study gets back what was lost: runs that lost records go on from their last checkpoint
before the loss.

Exit codes: 0 done, whatever is lost; 2 the folder holds no study, or the new one is not free.

Examples:
  $ rankscope repair my-study --out my-study-repaired
  $ rankscope repair my-study --out my-study-repaired && rankscope train study.yaml --out my-study-repaired`,
    )
    .action((study: string, { out, json, quiet }: RepairFlags) => {
      let progress: ReturnType<typeof startProgress> | null = null;
      const repaired = repairStudy(study, out, (done, total, run) => {
        progress ??= startProgress('Repairing', total, quiet || json);
        progress.update(done, run);
        if (done === total) progress.stop();
      });
      if (json) printJson(repaired, 2);
      else if (!quiet) print(describeRepair(repaired, out));
    });
}

function describeRepair({ runs, lost }: ReturnType<typeof repairStudy>, out: string): string {
  const kept = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} kept.`;
  const { shown, more } = firstOf(lost, 'in the new manifest');
  const losses =
    lost.length === 0
      ? ['Nothing is lost.']
      : ['Lost:', ...[...shown.map(printable), ...more].map((what) => `  ${what}`)];
  return [kept, ...losses, `Study: ${out}`].join('\n');
}
