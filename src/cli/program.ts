import { Command } from 'commander';
import { analyzeCommand } from './commands/analyze.ts';
import { auditCommand } from './commands/audit.ts';
import { demoCommand } from './commands/demo.ts';
import { detectCommand } from './commands/detect.ts';
import { downloadCommand } from './commands/download.ts';
import { importCommand } from './commands/import.ts';
import { repairCommand } from './commands/repair.ts';
import { reportCommand } from './commands/report.ts';
import { reproduceCommand } from './commands/reproduce.ts';
import { showCommand } from './commands/show.ts';
import { trainCommand } from './commands/train.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyCommand } from './commands/verify.ts';
import { parserOutput } from './terminal.ts';
import { tool } from './tool.ts';

/** The command line, ready to parse; it throws instead of leaving the process. */
export function createProgram(): Command {
  const program = new Command('rankscope')
    .description("When do a network's representations change as it learns, and is the change real?")
    .version(tool.version)
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      `
Examples:
  $ rankscope demo                                   train, analyze and report in one go
  $ rankscope train study.yaml --out my-study        train the networks a study file lists
  $ rankscope import logs/ --out my-study            take over training logs made elsewhere
  $ rankscope show my-study mlp_narrow_mnist         one run: summary, critical moments, before and after
  $ rankscope analyze my-study                       when did what change
  $ rankscope report my-study                        one offline page, tables and figures
  $ rankscope detect series.csv                      find changes in any series of numbers
  $ rankscope validate --quick                       how often the detector invents changes, and finds them
  $ rankscope verify my-study                        whether its files are what was written

Exit codes: 0 done, 1 a check failed or runs are left to train, 2 the input or the command line cannot be used,
130 and 143 interrupted (the command that goes on is printed).`,
    );
  for (const command of [
    trainCommand(),
    downloadCommand(),
    importCommand(),
    showCommand(),
    analyzeCommand(),
    reportCommand(),
    detectCommand(),
    validateCommand(),
    reproduceCommand(),
    auditCommand(),
    verifyCommand(),
    repairCommand(),
    demoCommand(),
  ]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput(parserOutput);
  }
  return program;
}
