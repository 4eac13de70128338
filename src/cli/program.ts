import { Command } from 'commander';
import { tool } from '../workbench/provenance.ts';
import { analyzeCommand } from './commands/analyze.ts';
import { auditCommand } from './commands/audit.ts';
import { checkLogCommand } from './commands/check-log.ts';
import { demoCommand } from './commands/demo.ts';
import { detectCommand } from './commands/detect.ts';
import { downloadCommand } from './commands/download.ts';
import { importCommand } from './commands/import.ts';
import { landscapeCommand } from './commands/landscape.ts';
import { mechanismsCommand } from './commands/mechanisms.ts';
import { planCommand } from './commands/plan.ts';
import { probeCommand } from './commands/probe.ts';
import { repairCommand } from './commands/repair.ts';
import { reportCommand } from './commands/report.ts';
import { reproduceCommand } from './commands/reproduce.ts';
import { serveCommand } from './commands/serve.ts';
import { showCommand } from './commands/show.ts';
import { testCommand } from './commands/test.ts';
import { trainCommand } from './commands/train.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyCommand } from './commands/verify.ts';
import { weightsCommand } from './commands/weights.ts';
import { parserOutput } from './terminal.ts';

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
  $ rankscope serve my-study                         a page that is kept up to date while the runs train
  $ rankscope analyze my-study                       when did what change
  $ rankscope plan my-study --out plan.json          when to save checkpoints: around changes, and in matched controls
  $ rankscope mechanisms my-study                    what is inside its checkpoints: heads, filters, units, weights
  $ rankscope test my-study                          which hypotheses about changes the study bears out
  $ rankscope landscape my-study                     the loss around its checkpoints: sharpness, spectrum, degeneracy
  $ rankscope report my-study                        one offline page, tables and figures
  $ rankscope detect series.csv                      find changes in any series of numbers
  $ rankscope validate --quick                       how often the detector invents changes, and finds them
  $ rankscope check-log my-study                     whether logs of another program keep to the format
  $ rankscope verify my-study                        whether its files are what was written
  $ rankscope weights model.safetensors              ranks, tails and spikes of a saved model's matrices
  $ rankscope probe model.onnx checkpoints/ inputs.npy --out my-study   layers at saved checkpoints

Exit codes: 0 done, 1 a check failed or runs are left to train, 2 the input or the command line cannot be used,
130 and 143 interrupted (the command that goes on is printed).`,
    );
  for (const command of [
    trainCommand(),
    downloadCommand(),
    importCommand(),
    showCommand(),
    serveCommand(),
    analyzeCommand(),
    planCommand(),
    mechanismsCommand(),
    testCommand(),
    landscapeCommand(),
    reportCommand(),
    detectCommand(),
    validateCommand(),
    reproduceCommand(),
    auditCommand(),
    checkLogCommand(),
    verifyCommand(),
    repairCommand(),
    probeCommand(),
    weightsCommand(),
    demoCommand(),
  ]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput(parserOutput);
  }
  return program;
}
