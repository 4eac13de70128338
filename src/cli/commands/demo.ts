import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { presets } from '../../study/presets.ts';
import { checkStudyFile } from '../../study/study-file.ts';
import { wholeNumber } from '../option-values.ts';
import { type StyleFlag, styleOption } from '../style-option.ts';
import { print } from '../terminal.ts';
import { concludeTraining, describeOutcomes, trainWithProgress } from '../training.ts';
import { describeAnalysis } from './analyze.ts';
import { describeExamination } from './audit.ts';
import { examineWithProgress, reportWithProgress } from './report.ts';

interface DemoFlags extends StyleFlag {
  readonly out: string;
  readonly workers: number;
  readonly quiet?: boolean;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description('Train three MLPs with three seeds on drawn digits, analyze them and write the report')
    .option(
      '-o, --out <folder>',
      'folder for the study; replaced if it holds an earlier demo',
      'rankscope-demo',
    )
    .option(
      '--workers <number>',
      'runs trained side by side, where memory allows',
      wholeNumber(1),
      availableParallelism(),
    )
    .addOption(styleOption())
    .option('-q, --quiet', 'no progress, only the path of the report')
    .addHelpText('after', '\nExample:\n  $ rankscope demo --out my-demo')
    .action(async ({ out, workers, quiet, style }: DemoFlags) => {
      const say = (text: string): void => {
        if (!quiet) print(text);
      };
      const study = checkStudyFile(presets.demo, 'preset demo');
      say(
        `Training ${study.architectures.join(', ')} on ${study.datasets.join(', ')}, seeds ${study.seeds.join(', ')} …`,
      );
      const end = await trainWithProgress(study, out, { workers, quiet });
      say(`${describeOutcomes(end.trained)}\n`);
      if (!concludeTraining(end, out)) return;
      const examined = await examineWithProgress(out, { workers, quiet });
      say(`${describeAnalysis(examined.runs, examined.analysis)}\n`);
      say(`${describeExamination(examined)}\n`);
      print(`Report: ${await reportWithProgress(out, examined, { quiet, style })}`);
    });
}
