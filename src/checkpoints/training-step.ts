import type { TorchScalar } from './torch-archive.ts';

/** How the files of checkpoints end that can be read. */
export const checkpointEnding = /\.(pt|pth|safetensors)$/;

/** Where training programs keep the step inside a checkpoint, the surest first. */
const stepFields = [
  'global_step',
  'step',
  'training_step',
  'train_step',
  'iteration',
  'iter',
  'trainer_state.global_step',
  'state.global_step',
];
/** What stands before the step in a file's or a folder's name. */
const marked =
  /(?:^|[^a-z])(?:global_?step|step|steps|iteration|iter|checkpoint|ckpt)s?[-_=]?(\d+)(?![\d.]*\d)/gi;
/** A name that is nothing but a number is that of a step: `00100.pt`. */
const bare = /^0*(\d+)$/;

/**
 * The training step that a checkpoint holds within itself, or null where it holds none.
 *
 * @param values everything in it that is no tensor, by name; the metadata of a safetensors file.
 * @example
 * stepWithin(new Map([['epoch', 3], ['global_step', 1200]])); // 1200
 */
export function stepWithin(values: ReadonlyMap<string, TorchScalar>): number | null {
  for (const field of stepFields) {
    const value = values.get(field);
    const step = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof step === 'number' && Number.isSafeInteger(step) && step >= 0) return step;
  }
  return null;
}

/**
 * The training step that a file's name says without doubt, or null: a number right behind `step`, `iter` or `checkpoint`, or
 * nothing but a number. Digits of an accuracy, an epoch or a date are none.
 *
 * @param name without its folder.
 * @example
 * stepInName('checkpoint_step_00100.pt'); // 100
 * stepInName('best_acc_0.9312.pt'); // null
 */
export function stepInName(name: string): number | null {
  const stem = name.replace(/\.[a-z]+$/i, '');
  const alone = bare.exec(stem)?.[1];
  if (alone !== undefined) return safeStep(alone);
  const found = new Set([...stem.matchAll(marked)].map(([, digits]) => Number(digits)));
  const [only] = found;
  return found.size === 1 ? safeStep(String(only)) : null;
}

function safeStep(digits: string): number | null {
  const step = Number(digits);
  return Number.isSafeInteger(step) ? step : null;
}
