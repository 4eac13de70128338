import { InputError } from '../../errors/input-error.ts';

/** How the learning rate changes over training, as a factor on it. Steps count from 0. */
export interface ScheduleOptions {
  readonly kind: 'constant' | 'cosine' | 'step';
  /** Steps over which the factor first rises evenly to 1, reaching it at step `warmup` − 1; 0 if absent. */
  readonly warmup?: number;
  /** cosine: the factor at the end; 0 if absent. */
  readonly floor?: number;
  /** step: steps (after the warm-up) between two reductions. */
  readonly every?: number;
  /** step: what each reduction multiplies by; 0.1 if absent. */
  readonly factor?: number;
}

/**
 * The factor on the learning rate at every step of a training.
 * `cosine` is half a cosine wave from 1 down to `floor` (Loshchilov & Hutter 2017; PyTorch's `CosineAnnealingLR`),
 * `step` is PyTorch's `StepLR`.
 *
 * @param steps of the whole training.
 * @throws InputError for an option out of range.
 * @example
 * const factorAt = schedule({ kind: 'cosine', warmup: 100 }, 2000);
 * factorAt(49); // 0.5
 */
export function schedule(options: ScheduleOptions, steps: number): (step: number) => number {
  const { kind, warmup = 0, floor = 0, factor = 0.1, every = steps } = options;
  assertOption('warmup', warmup, Number.isInteger(warmup) && warmup >= 0, 'an integer of at least 0');
  assertOption('floor', floor, floor >= 0 && floor <= 1, '0 to 1');
  assertOption('factor', factor, factor > 0 && factor <= 1, 'above 0, at most 1');
  assertOption('every', every, Number.isInteger(every) && every >= Math.min(1, steps), 'a positive integer');
  const afterWarmup = (step: number): number => {
    if (kind === 'cosine')
      return floor + ((1 - floor) * (1 + Math.cos((Math.PI * step) / (steps - warmup)))) / 2;
    return kind === 'step' ? factor ** Math.floor(step / every) : 1;
  };
  return (step) => (step < warmup ? (step + 1) / warmup : afterWarmup(step - warmup));
}

function assertOption(option: string, value: number, allowed: boolean, words: string): void {
  if (!allowed) throw new InputError({ field: `schedule.${option}`, value, allowed: words });
}
