import type { Random } from '../numerics/random.ts';
import { type Loss, lossNamed, type OptimizerOptions, type ScheduleOptions } from '../training/train.ts';
import type { TrainingSettings } from './training-settings.ts';

/** Options that only one kind of optimizer or schedule has. */
const ownedBy = {
  momentum: ['optimizer', ['sgd']],
  beta1: ['optimizer', ['adam', 'adamw']],
  beta2: ['optimizer', ['adam', 'adamw']],
  epsilon: ['optimizer', ['adam', 'adamw']],
  scheduleFloor: ['schedule', ['cosine']],
  scheduleEvery: ['schedule', ['step']],
  scheduleFactor: ['schedule', ['step']],
} as const satisfies Partial<
  Record<keyof TrainingSettings, readonly ['optimizer' | 'schedule', readonly string[]]>
>;

/** Options that would have no effect, or not the one meant, given the others. */
export function misplacedOptions(
  settings: TrainingSettings,
): { readonly option: keyof TrainingSettings; readonly allowed: string }[] {
  const misplaced: { option: keyof TrainingSettings; allowed: string }[] = [];
  for (const [name, [chooser, owners]] of Object.entries(ownedBy)) {
    const option = name as keyof typeof ownedBy;
    const chosen = settings[chooser] ?? 'constant';
    if (settings[option] !== undefined && !(owners as readonly string[]).includes(chosen)) {
      misplaced.push({ option, allowed: `only with ${chooser} ${owners.join(' or ')}, not ${chosen}` });
    }
  }
  if (settings.schedule === 'step' && settings.scheduleEvery === undefined) {
    misplaced.push({ option: 'scheduleEvery', allowed: 'a number of steps, since the schedule is step' });
  }
  const { warmup = 0, steps, weightDecay = 0, learningRate } = settings;
  if (warmup >= steps) misplaced.push({ option: 'warmup', allowed: `below the ${steps} steps of training` });
  if (weightDecay * learningRate >= 1) {
    misplaced.push({ option: 'weightDecay', allowed: 'below 1 / learningRate' });
  }
  return misplaced;
}

/** The generator of a run's initial weights, batches and dropout, out of that of the whole run. */
export function trainingRandom(random: Random): Random {
  return random.fork('training');
}

/** The optimizer of a study's flat settings. */
export function optimizerOf(settings: TrainingSettings): OptimizerOptions {
  const { optimizer: kind, learningRate, weightDecay, clipNorm, momentum, beta1, beta2, epsilon } = settings;
  const common = { learningRate, weightDecay, clipNorm };
  return kind === 'sgd' ? { kind, ...common, momentum } : { kind, ...common, beta1, beta2, epsilon };
}

/** What a run makes small; undefined for the usual. */
export function lossOf({ loss }: TrainingSettings): Loss | undefined {
  return loss === undefined ? undefined : lossNamed(loss);
}

/** The learning-rate schedule of a study's flat settings. */
export function scheduleOf(settings: TrainingSettings): ScheduleOptions {
  const { schedule: kind = 'constant', warmup, scheduleFloor, scheduleEvery, scheduleFactor } = settings;
  return { kind, warmup, floor: scheduleFloor, every: scheduleEvery, factor: scheduleFactor };
}
