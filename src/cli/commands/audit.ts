import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { plainLine } from '../../errors/plain-text.ts';
import type { Finding } from '../../findings/finding.ts';
import { verdictInWords } from '../../findings/verdict-in-words.ts';
import { formatNumber, formatPValue } from '../../wording/numbers.ts';
import { intervalName } from '../../wording/sentences.ts';
import type { ExaminedStudy } from '../../workbench/examine-study.ts';
import { addAnalysisOptions, addWorkersOption, type ExaminationFlags } from '../analysis-options.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { assertRoomInStudy } from '../room-in-study.ts';
import { type StyleFlag, styleOption } from '../style-option.ts';
import { formatTable } from '../table.ts';
import { print, printJson } from '../terminal.ts';
import { examineWithProgress, reportWithProgress } from './report.ts';

interface AuditFlags extends ExaminationFlags, StyleFlag {
  readonly out?: string;
  readonly json?: boolean;
}

export function auditCommand(): Command {
  const command = new Command('audit')
    .description('Hold the claims made of a study against its data: effect, interval, null, verdict')
    .argument('<study>', 'folder of a study')
    .option('--claims <file>', 'YAML or JSON with the claims; imported studies may have claims of their own')
    .option('--checkpoints <folder>', 'weights of the runs, one sub-folder per run, for claims about filters')
    .option('-o, --out <folder>', 'where the report goes (default: <study>/report)')
    .addOption(styleOption())
    .option('--json', 'print findings and data checks as JSON instead of writing the report');
  return addAnalysisOptions(addWorkersOption(command))
    .addHelpText(
      'after',
      `
A claims file:
  title: My claims
  claims:
    - {id: late, kind: no-jumps-after, fraction: 0.5, claim: Nothing jumps in the second half.}

Examples:
  $ rankscope audit published-study
  $ rankscope audit my-study --claims claims.yaml --json`,
    )
    .action(async (directory: string, flags: AuditFlags) => {
      if (!flags.json) assertRoomInStudy(directory, 'report', flags.out);
      const examined = await examineWithProgress(directory, flags);
      const { audit, checks, remarks } = examined;
      if (audit === null) {
        throw new InputError({
          field: 'claims',
          allowed: '--claims with a file: no claims of this study are known',
        });
      }
      if (flags.json) {
        const { evidence: _, ...statement } = audit;
        printJson({ ...statement, checks, remarks }, 2);
        return;
      }
      if (!flags.quiet) print([...describeRemarks(remarks), describeExamination(examined)].join('\n'));
      const page = await reportWithProgress(directory, examined, flags);
      if (!flags.quiet) print(`Report: ${page}`);
    });
}

/** Verdicts and data checks in a screenful or two. */
export function describeExamination({ audit, checks }: Pick<ExaminedStudy, 'audit' | 'checks'>): string {
  const faults = checks.map(
    ({ check, severity, message }) => `  ${severity.padEnd(7)} ${check}: ${plainLine(message)}`,
  );
  const lines = faults.length === 0 ? ['Data checks: nothing found.'] : ['Data checks:', ...faults];
  if (audit === null) return lines.join('\n');
  const table = formatTable(
    ['', 'claim', 'effect', intervalName(audit.alpha), 'p adjusted', 'verdict'],
    audit.findings.map((finding) => [
      finding.id,
      shortened(finding.claim, 58),
      ...effectCells(finding),
      verdictInWords(finding),
    ]),
  );
  const reasons = audit.findings.map(({ id, reason }) => `  ${id}: ${plainLine(reason)}`);
  return [...lines, '', `${plainLine(audit.title)}; ${audit.correction}`, table, '', 'Why:', ...reasons].join(
    '\n',
  );
}

function effectCells({ effect, null: held }: Finding): string[] {
  return [
    effect === null ? '–' : `${formatNumber(effect.value, 3)} ${effect.unit}`,
    effect?.interval == null ? '–' : effect.interval.map((end) => formatNumber(end, 3)).join(' – '),
    formatPValue(held?.adjustedPValue),
  ];
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
