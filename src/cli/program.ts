import { Command } from 'commander';
import { assertWritable } from '../files/assert-writable.ts';
import { tool } from '../workbench/provenance.ts';
import { parserOutput } from './terminal.ts';

/** Every command, in the order in which help lists them. Each brings half of the program with it, so that none is loaded for another. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  train: async () => (await import('./commands/train.ts')).trainCommand(),
  submit: async () => (await import('./commands/submit.ts')).submitCommand(),
  status: async () => (await import('./commands/status.ts')).statusCommand(),
  cancel: async () => (await import('./commands/cancel.ts')).cancelCommand(),
  resume: async () => (await import('./commands/submit.ts')).resumeCommand(),
  logs: async () => (await import('./commands/logs.ts')).logsCommand(),
  'run-task': async () => (await import('./commands/run-task.ts')).runTaskCommand(),
  download: async () => (await import('./commands/download.ts')).downloadCommand(),
  import: async () => (await import('./commands/import.ts')).importCommand(),
  show: async () => (await import('./commands/show.ts')).showCommand(),
  serve: async () => (await import('./commands/serve.ts')).serveCommand(),
  analyze: async () => (await import('./commands/analyze.ts')).analyzeCommand(),
  compare: async () => (await import('./commands/compare.ts')).compareCommand(),
  plan: async () => (await import('./commands/plan.ts')).planCommand(),
  mechanisms: async () => (await import('./commands/mechanisms.ts')).mechanismsCommand(),
  landscape: async () => (await import('./commands/landscape.ts')).landscapeCommand(),
  test: async () => (await import('./commands/test.ts')).testCommand(),
  report: async () => (await import('./commands/report.ts')).reportCommand(),
  detect: async () => (await import('./commands/detect.ts')).detectCommand(),
  validate: async () => (await import('./commands/validate.ts')).validateCommand(),
  reproduce: async () => (await import('./commands/reproduce.ts')).reproduceCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  'check-log': async () => (await import('./commands/check-log.ts')).checkLogCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  repair: async () => (await import('./commands/repair.ts')).repairCommand(),
  probe: async () => (await import('./commands/probe.ts')).probeCommand(),
  weights: async () => (await import('./commands/weights.ts')).weightsCommand(),
  docs: async () => (await import('./commands/docs.ts')).docsCommand(),
  demo: async () => (await import('./commands/demo.ts')).demoCommand(),
};

/**
 * The command line, ready to parse; it throws instead of leaving the process.
 *
 * @param asked the first word of the command line: if it is a command, the others are not loaded.
 */
export async function createProgram(asked = ''): Promise<Command> {
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
  $ rankscope submit study.yaml --out my-study       the same on a cluster: an array job over a shared folder
  $ rankscope import logs/ --out my-study            take over training logs made elsewhere
  $ rankscope show my-study mlp_narrow_mnist         one run: summary, critical moments, before and after
  $ rankscope serve my-study                         a page that is kept up to date while the runs train
  $ rankscope analyze my-study                       when did what change
  $ rankscope compare before after                   what differs between two studies, over seeds
  $ rankscope plan my-study --out plan.json          when to save checkpoints: around changes, and in matched controls
  $ rankscope mechanisms my-study                    what is inside its checkpoints: heads, filters, units, weights
  $ rankscope landscape my-study                     the loss around its checkpoints: sharpness, spectrum, degeneracy
  $ rankscope test my-study                          which hypotheses about changes the study bears out
  $ rankscope report my-study                        one offline page, tables and figures
  $ rankscope detect series.csv                      find changes in any series of numbers
  $ rankscope validate --quick                       how often the detector invents changes, and finds them
  $ rankscope check-log my-study                     whether logs of another program keep to the format
  $ rankscope verify my-study                        whether its files are what was written
  $ rankscope weights model.safetensors              ranks, tails and spikes of a saved model's matrices
  $ rankscope probe model.onnx checkpoints/ inputs.npy --out my-study   layers at saved checkpoints
  $ rankscope docs                                   where the documentation lies

Exit codes: 0 done, 1 a check failed or runs are left to train, 2 the input or the command line cannot be used,
130 and 143 interrupted (the command that goes on is printed).`,
    );
  program.hook('preAction', (_, command) => {
    const { out } = command.opts<{ out?: string }>();
    if (out !== undefined) assertWritable(out);
  });
  const loaded = Object.hasOwn(commands, asked) ? [commands[asked]] : Object.values(commands);
  for (const command of await Promise.all(loaded.map((load) => load()))) program.addCommand(command);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput(parserOutput);
  }
  return program;
}
