import { Command, InvalidArgumentError } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import type { StudyComparison } from '../../findings/comparison/types.ts';
import { plainNumbers } from '../../formats/plain-numbers.ts';
import { compareStudiesIn, type RunSelection, writeComparison } from '../../workbench/compare-studies.ts';
import { describeStudyComparison } from '../describe-comparison.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { share, wholeNumber } from '../option-values.ts';
import { withProgress } from '../progress.ts';
import { type StyleFlag, styleOption } from '../style-option.ts';
import { print, printJsonText } from '../terminal.ts';

interface CompareFlags extends StyleFlag {
  readonly metric?: string;
  readonly rate?: number;
  readonly a: readonly RunSelection[];
  readonly b: readonly RunSelection[];
  readonly out?: string;
  readonly most: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function compareCommand(): Command {
  return new Command('compare')
    .description(
      'Say what differs between two studies, or two groups of runs of one, with intervals over seeds',
    )
    .argument('<A>', 'folder of a study')
    .argument('[B]', 'folder of another; without it two groups of runs of the first are compared (--a, --b)')
    .option(
      '--a <fact=value>',
      'only runs of A with this: architecture, dataset, a factor or setting; may be repeated',
      selection,
      [],
    )
    .option('--b <fact=value>', 'only runs of B with this', selection, [])
    .option('--metric <series>', 'series to compare, e.g. participation_ratio or stable_rank.raw')
    .option('--rate <share>', 'false discovery rate over all that is compared (default: 0.05)', share)
    .option('-o, --out <folder>', 'write a page with figures, comparison.csv and comparison.json there')
    .addOption(styleOption())
    .option('--most <number>', 'rows of the table that are printed', wholeNumber(0), 30)
    .option('--json', 'print everything as JSON')
    .option('-q, --quiet', 'no progress and no table')
    .addHelpText(
      'after',
      `
Groups of runs that differ in the seed alone are held against each other: accuracy, losses, how often layers jump, and of every
layer what it ends with and when and how far it rises and falls (docs/compare.md).

Examples:
  $ rankscope compare before-the-change after-it --out comparison
  $ rankscope compare my-study --a architecture=mlp_narrow --b architecture=mlp_medium
  $ rankscope compare my-grid --a learningRate=0.001 --b learningRate=0.01 --metric stable_rank
  $ rankscope compare ours theirs --json | jq '.pairs[].quantities[] | select(.verdict == "differs")'`,
    )
    .action(async (a: string, b: string | undefined, flags: CompareFlags) => {
      if (b === undefined && flags.a.length + flags.b.length === 0) {
        throw new InputError({ field: 'B', allowed: 'a second study, or runs of the first by --a and --b' });
      }
      const { metric, rate, quiet } = flags;
      const { comparison, remarks } = await withProgress(quiet, (onProgress) =>
        compareStudiesIn(a, b, { metric, rate, select: { a: flags.a, b: flags.b }, onProgress }),
      );
      const page = flags.out === undefined ? null : await writeComparison(comparison, flags.out, flags);
      if (flags.json) printJsonText(`${JSON.stringify(plainNumbers(withoutCurves(comparison)), null, 2)}\n`);
      else if (!quiet) {
        print(
          [
            describeStudyComparison(comparison, flags.most),
            ...describeRemarks(remarks),
            ...(page === null ? [] : [`Page: ${page}`]),
          ].join('\n'),
        );
      }
    });
}

/** Parses `architecture=mlp_narrow`. */
function selection(text: string, before: readonly RunSelection[]): RunSelection[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('allowed: a fact and its value, e.g. architecture=mlp_narrow');
  return [...before, { name: text.slice(0, at), value: text.slice(at + 1) }];
}

/** The curves follow from the logs, and comparison.json has them. */
function withoutCurves(comparison: StudyComparison) {
  return {
    ...comparison,
    pairs: comparison.pairs.map((pair) => ({
      ...pair,
      layers: pair.layers.map(({ layer, said, onlyIn }) => ({ layer, said, onlyIn })),
    })),
  };
}
