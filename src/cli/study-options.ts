import { type Command, InvalidArgumentError } from 'commander';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { presets } from '../study/presets.ts';
import { checkStudyFile, type StudyFile, type StudyFileInput } from '../study/study-file.ts';
import { readPlan, readStudyFile } from '../workbench/input-files.ts';
import { withPlanned } from '../workbench/train-around-changes.ts';
import { names, wholeNumber, wholeNumbers } from './option-values.ts';

/** Options that every command which begins a study takes. */
export interface StudyFlags {
  readonly preset?: string;
  readonly architectures?: string[];
  readonly datasets?: string[];
  readonly data?: string;
  readonly substitute?: Record<string, string>;
  readonly seeds?: number[];
  readonly plan?: string;
  readonly steps?: number;
}

export function addStudyOptions(command: Command): Command {
  return command
    .option('--preset <name>', `a study that comes with the program: ${Object.keys(presets).join(', ')}`)
    .option('--architectures <names>', 'networks, comma-separated (instead of the file’s)', names)
    .option('--datasets <names>', 'data sets, comma-separated (instead of the file’s)', names)
    .option('--data <folder>', 'where the files of the data sets are')
    .option(
      '--substitute <pairs>',
      'train on other data sets than the study names, e.g. fashion_mnist=drawn_digits,qmnist=drawn_digits_2',
      substitutions,
    )
    .option('--seeds <numbers>', 'e.g. 0,1,2 or 0-4 (instead of the file’s)', wholeNumbers)
    .option('--steps <number>', 'training steps of each run (instead of the file’s)', wholeNumber(1))
    .option('--plan <file>', 'save checkpoints at the steps of this plan too (see rankscope plan)');
}

/**
 * The study that the command line asks for: a study file or a preset, with what options say instead.
 *
 * @throws InputError naming what is missing, or cannot be.
 */
export function chooseStudy(file: string | undefined, flags: StudyFlags): StudyFile {
  const overrides = {
    ...(flags.architectures && { architectures: flags.architectures }),
    ...(flags.datasets && { datasets: flags.datasets }),
    ...(flags.seeds && { seeds: flags.seeds }),
    ...(flags.data !== undefined && { dataFolder: flags.data }),
    ...(flags.substitute && { substitutes: flags.substitute }),
  };
  const base = baseStudy(file, flags);
  const training = { ...base.training, ...(flags.steps !== undefined && { steps: flags.steps }) };
  const study = checkStudyFile({ ...base, ...overrides, training }, file ?? 'command line');
  if (flags.plan === undefined) return study;
  return checkStudyFile(withPlanned(study, readPlan(flags.plan)), flags.plan);
}

function baseStudy(
  file: string | undefined,
  { preset, architectures, datasets }: StudyFlags,
): Partial<StudyFileInput> {
  if (file !== undefined && preset !== undefined) {
    throw new InputError({ field: '--preset', value: preset, allowed: 'a study file or a preset, not both' });
  }
  if (file !== undefined) return readStudyFile(file);
  if (preset !== undefined) {
    if (!Object.hasOwn(presets, preset)) {
      throw new InputError({
        field: '--preset',
        value: preset,
        allowed: oneOf(preset, Object.keys(presets)),
      });
    }
    return presets[preset];
  }
  if (architectures !== undefined && datasets !== undefined) return {};
  throw new InputError({
    field: 'study',
    allowed: 'a study file, --preset, or --architectures with --datasets',
  });
}

/** Parses `wanted=instead,…`; the names are checked with the study. */
function substitutions(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [wanted, instead, ...rest] = pair.split('=').map((name) => name.trim());
      if (!wanted || !instead || rest.length > 0) {
        throw new InvalidArgumentError('allowed: pairs of data sets, e.g. fashion_mnist=drawn_digits');
      }
      return [wanted, instead];
    }),
  );
}
