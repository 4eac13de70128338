import { join } from 'node:path';
import { Command } from 'commander';
import { writeAtomically } from '../../files/write-atomically.ts';
import { type Replacement, replacements } from '../../mechanisms/ablation/replacement.ts';
import { mechanismMeasures } from '../../mechanisms/measures.ts';
import type { Place } from '../../models/intercept.ts';
import { readCheckpointPlan } from '../../workbench/input-files.ts';
import { measureMechanisms } from '../../workbench/measure-mechanisms.ts';
import { describeMechanisms } from '../describe-mechanisms.ts';
import { mechanismTables } from '../mechanism-tables.ts';
import { names, share, someOf, wholeNumber } from '../option-values.ts';
import { addNetworkOptions, type NetworkFlags, networkOf } from '../probe-options.ts';
import { startProgress } from '../progress.ts';
import { print, printJson } from '../terminal.ts';

interface MechanismsFlags extends NetworkFlags {
  readonly out?: string;
  readonly ablate?: Place['kind'][];
  readonly replace?: Replacement[];
  readonly ablateLast?: boolean;
  readonly plan?: string;
  readonly runs?: string[];
  readonly alpha?: number;
  readonly seed?: number;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export function mechanismsCommand(): Command {
  const command = new Command('mechanisms')
    .description(
      'Measure what is inside a study’s checkpoints: heads, filters, units, weights, representations',
    )
    .argument(
      '<study>',
      'folder of a study that was trained here, with checkpoints; or of checkpoints: a sub-folder per run (weights alone), or, with --model, those of one run',
    );
  return addNetworkOptions(command)
    .option(
      '-o, --out <folder>',
      'write mechanisms.csv and acquisition.csv here (ablation.csv, case_control.csv where asked for)',
    )
    .option(
      '--ablate <kinds>',
      'take out heads, filters, units (comma-separated) in turn: what does the network lose? A pass of the network each',
      someOf(['heads', 'filters', 'units']),
    )
    .option(
      '--replace <with>',
      'what stands in: zero, mean, resample (comma-separated; default: all three)',
      someOf(Object.values(replacements)),
    )
    .option('--ablate-last', 'only at the last checkpoint of each run')
    .option('--plan <file>', 'the plan the checkpoints were saved by: tests changes against matched controls')
    .option('--runs <names>', 'only these runs, comma-separated', names)
    .option('--alpha <share>', 'false discovery rate over the measures (default: 0.05)', share)
    .option(
      '--seed <number>',
      'seed of the test where there are more than 12 runs (default: 0)',
      wholeNumber(0),
    )
    .option('-q, --quiet', 'no progress and no table')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
Measures:
${Object.entries(mechanismMeasures)
  .map(([name, { meaning, unit }]) => `  ${name.padEnd(26)}${meaning} (${unit})`)
  .join('\n')}

Examples:
  $ rankscope plan my-study --out plan.json && rankscope train study.yaml --out looked-into --plan plan.json
  $ rankscope mechanisms looked-into --plan plan.json --out looked-into/mechanisms
  $ rankscope mechanisms looked-into --ablate heads,filters --ablate-last --out looked-into/mechanisms
  $ rankscope mechanisms checkpoints/ --model model.onnx --inputs inputs.npy --labels labels.npy
  $ rankscope mechanisms looked-into --json | jq '.values[] | select(.measure == "attention_entropy")'`,
    )
    .action(async (directory: string, flags: MechanismsFlags) => {
      const plan = flags.plan === undefined ? undefined : readCheckpointPlan(flags.plan);
      let progress: ReturnType<typeof startProgress> | null = null;
      const found = await measureMechanisms(directory, {
        ...flags,
        plan,
        network: networkOf(flags),
        ablate:
          flags.ablate === undefined
            ? undefined
            : {
                kinds: flags.ablate,
                replacements: flags.replace ?? Object.values(replacements),
                lastOnly: flags.ablateLast,
              },
        onCheckpoint: (done, total, run) => {
          progress ??= startProgress('Measuring', total, flags.quiet || flags.json);
          progress.update(done, run);
        },
      }).finally(() => progress?.stop());
      if (flags.out !== undefined) {
        const { tableFiles } = await import('../../tables/table-files.ts');
        for (const [path, content] of tableFiles(mechanismTables(found)))
          writeAtomically(join(flags.out, path), content);
      }
      if (flags.json) printJson(found, 2);
      else if (!flags.quiet) print(describeMechanisms(found, flags.out));
    });
}
