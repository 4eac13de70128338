import { Command } from 'commander';
import { InputError } from '../../errors/input-error.ts';
import { plainLine } from '../../errors/plain-text.ts';
import type { Finding } from '../../findings/finding.ts';
import { formatNumber, formatPValue } from '../../wording/numbers.ts';
import { intervalName } from '../../wording/sentences.ts';
import { openStudy } from '../../workbench/open-study.ts';
import { type AnalysisFlags, addAnalysisOptions, analyzeWithProgress } from '../analysis-options.ts';
import { describeRemarks } from '../describe-remarks.ts';
import { type Examination, type ExaminationFlags, examine } from '../examine.ts';
import { formatTable } from '../table.ts';
import { print, printJson } from '../terminal.ts';
import { writeReport } from './report.ts';

interface AuditFlags extends AnalysisFlags, ExaminationFlags {
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
    .option('--json', 'print findings and data checks as JSON instead of writing the report');
  return addAnalysisOptions(command)
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
      const { manifest, runs, remarks } = openStudy(directory, flags.metric);
      const analysis = analyzeWithProgress(runs, flags);
      const examination = examine(manifest, runs, analysis, flags);
      if (examination.audit === null) {
        throw new InputError({
          field: 'claims',
          allowed: '--claims with a file: no claims of this study are known',
        });
      }
      const { audit, checks } = examination;
      if (flags.json) {
        const { evidence: _, ...statement } = audit;
        printJson({ ...statement, checks, remarks }, 2);
        return;
      }
      if (!flags.quiet) print([...describeRemarks(remarks), describeExamination(examination)].join('\n'));
      const page = await writeReport(directory, { manifest, runs, remarks, analysis, examination }, flags);
      if (!flags.quiet) print(`Report: ${page}`);
    });
}

/** Verdicts and data checks in a screenful or two. */
export function describeExamination({ audit, checks }: Examination): string {
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
      finding.verdict,
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
