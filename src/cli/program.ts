import { Command } from 'commander';
import { analyzeCommand } from './commands/analyze.ts';
import { demoCommand } from './commands/demo.ts';
import { importCommand } from './commands/import.ts';
import { reportCommand } from './commands/report.ts';
import { reproduceCommand } from './commands/reproduce.ts';
import { trainCommand } from './commands/train.ts';
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
  $ rankscope demo                                   train, analyse and report in one go
  $ rankscope train study.yaml --out my-study        train the networks a study file lists
  $ rankscope import logs/ --out my-study            take over training logs made elsewhere
  $ rankscope analyze my-study                       when did what change
  $ rankscope report my-study                        one offline page, tables and figures

Exit codes: 0 done, 1 a check failed, 2 the input or the command line cannot be used.`,
    );
  for (const command of [
    trainCommand(),
    importCommand(),
    analyzeCommand(),
    reportCommand(),
    reproduceCommand(),
    demoCommand(),
  ]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) command.exitOverride();
  return program;
}
