import { z } from 'zod';
import { InputError } from '../errors/input-error.ts';
import { parseJson } from '../formats/json.ts';
import type { CheckpointPlan } from './types.ts';

/** More checkpoints than anybody keeps. */
const mostSteps = 1_000_000;

const planSchema = z.object({
  steps: z
    .array(z.int({ error: 'a whole number' }).min(0, 'at least 0').max(1e12, 'at most 1e12'), {
      error: 'a list of steps',
    })
    .min(1, 'at least one step')
    .max(mostSteps, `at most ${mostSteps} steps`),
});

/** A plan as a file; the same plan gives the same bytes. */
export function formatPlan(plan: CheckpointPlan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

/**
 * The steps at which a plan wants checkpoints: those of `rankscope plan`, or of `{"steps": [0, 10, 100]}` written by hand.
 *
 * @returns ascending, each once.
 * @throws InputError if the text is no plan.
 * @example
 * planSteps('{"steps": [100, 0, 100]}', 'plan.json') // [0, 100]
 */
export function planSteps(text: string, file: string): number[] {
  const result = planSchema.safeParse(
    parseJson(text, { file, allowed: 'a plan: JSON with a list of steps' }),
  );
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InputError({ file, field: path.join('.') || 'plan', allowed: message });
  }
  return [...new Set(result.data.steps)].sort((a, b) => a - b);
}
