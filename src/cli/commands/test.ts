import { Command } from 'commander';
import { plainLine } from '../../errors/plain-text.ts';
import { hypotheses } from '../../hypotheses/registry.ts';
import type { HypothesisFinding, TestedHypotheses } from '../../hypotheses/types.ts';
import { formatInterval, formatNumber, formatPValue } from '../../wording/numbers.ts';
import { intervalName } from '../../wording/sentences.ts';
import { testStudy } from '../../workbench/test-study.ts';
import {
  addAnalysisOptions,
  addWorkersOption,
  type ExaminationFlags,
  examinationChoice,
} from '../analysis-options.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { names } from '../option-values.ts';
import { withProgress } from '../progress.ts';
import { assertRoomInStudy } from '../room-in-study.ts';
import { type StyleFlag, styleOption } from '../style-option.ts';
import { formatTable } from '../table.ts';
import { print, printJson } from '../terminal.ts';
import { reportWithProgress } from './report.ts';

interface TestFlags extends ExaminationFlags, StyleFlag {
  readonly plan?: string;
  readonly hypotheses?: string[];
  readonly ablate?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

export function testCommand(): Command {
  const command = new Command('test')
    .description(
      'Test hypotheses about what goes with changes: effect, interval, null, verdict; or what each needs',
    )
    .argument('<study>', 'folder of a study')
    .option(
      '--plan <file>',
      'the plan the checkpoints were saved by (default: the one in the study, or as plan makes it)',
    )
    .option('--hypotheses <names>', 'only these, comma-separated', names)
    .option(
      '--ablate',
      'take out each head or filter (each unit, where there are neither) in the windows: a pass of the network each',
    )
    .option('-o, --out <folder>', 'where the report goes (default: <study>/report)')
    .addOption(styleOption())
    .option('--json', 'print the findings as JSON instead of writing the report');
  return addAnalysisOptions(addWorkersOption(command))
    .addHelpText(
      'after',
      `
Hypotheses:
${hypotheses.map(({ name, claim }) => `  ${name.padEnd(34)}${claim}`).join('\n')}

Changes are the rises and falls of the analyzed series, controls windows of the same layer without one. Groups of seeds are
the independent unit; p-values are adjusted over all hypotheses (false discovery rate --alpha).

Examples:
  $ rankscope train study.yaml --out my-study --plan-from-first-pass && rankscope test my-study
  $ rankscope test my-study --hypotheses heads-focus,filters-orthogonalize --seed 1
  $ rankscope test my-study --ablate --hypotheses ablation-matters-more
  $ rankscope test my-study --json | jq '.findings[] | {id, verdict, reason}'`,
    )
    .action(async (directory: string, flags: TestFlags) => {
      if (!flags.json) assertRoomInStudy(directory, 'report', flags.out);
      const examined = await withProgress(flags.quiet || flags.json, (onProgress) =>
        testStudy(directory, {
          ...examinationChoice(flags),
          ...{ plan: flags.plan, hypotheses: flags.hypotheses, ablate: flags.ablate, onProgress },
        }),
      );
      const { tested, remarks } = examined;
      if (flags.json) {
        printJson({ ...tested, remarks }, 2);
        return;
      }
      if (!flags.quiet) print([...describeRemarks(remarks), describeHypotheses(tested)].join('\n'));
      const page = await reportWithProgress(directory, examined, flags, 'test');
      if (!flags.quiet) print(`Report: ${page}`);
    });
}

/** A table of those that were tested, and one sentence for each. */
export function describeHypotheses({ findings, seriesId, alpha, correction }: TestedHypotheses): string {
  const tested = findings.filter(({ effect }) => effect !== null);
  const table = formatTable(
    ['hypothesis', 'n', 'groups', 'effect', intervalName(alpha), 'p', 'adjusted', 'verdict'],
    tested.map(row),
  );
  return [
    plainLine(`Changes of ${seriesId}; ${correction}`),
    ...(tested.length === 0 ? [] : [table]),
    ...findings.map(({ id, sentence }) => plainLine(`${id}: ${sentence}`)),
  ].join('\n');
}

function row({ id, observations, groups, effect, verdict, ...finding }: HypothesisFinding): string[] {
  return [
    ...[id, String(observations), String(groups)],
    `${formatNumber(effect?.value, 3)} ${effect?.unit}`,
    formatInterval(effect?.interval),
    formatPValue(finding.null?.pValue),
    formatPValue(finding.null?.adjustedPValue),
    verdict,
  ];
}
