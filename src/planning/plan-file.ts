import { z } from 'zod';
import { InputError } from '../errors/input-error.ts';
import { parseJson } from '../formats/json.ts';
import { type CheckpointPlan, strategies } from './types.ts';

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

const step = z.number().min(0).max(1e12);
const name = z.string().min(1).max(500);
const fullPlanSchema = planSchema.extend({
  format: z.literal('rankscope-plan', {
    error: 'rankscope-plan: a plan with windows, as rankscope plan writes it',
  }),
  schemaVersion: z.literal(1, { error: '1; a later one needs a later rankscope' }),
  strategy: z.enum(strategies),
  metric: name.nullable(),
  runs: z
    .array(
      z.object({
        run: name,
        steps: planSchema.shape.steps,
        windows: z
          .array(
            z.object({
              layer: name,
              change: z.enum(['rise', 'fall', 'none']),
              pace: z.enum(['jump', 'fast', 'gradual']).nullable(),
              ...{ before: step, during: step, after: step },
              pValue: z.number().min(0).max(1).nullable(),
              controlOf: z.int().min(0).nullable(),
              quiet: z.enum(['level', 'wander']).nullable(),
            }),
          )
          .max(mostSteps),
        unmatched: z.array(z.object({ window: z.int().min(0), reason: z.string().max(500) })).max(mostSteps),
      }),
    )
    .max(100_000),
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
  return [...new Set(checked(planSchema, text, file).steps)].sort((a, b) => a - b);
}

/**
 * A plan with its windows, as `formatPlan` writes it.
 *
 * @throws InputError if the text is no such plan, or a control is matched with a window that is not there.
 */
export function parsePlan(text: string, file: string): CheckpointPlan {
  const plan = checked(fullPlanSchema, text, file);
  for (const { run, windows } of plan.runs) {
    windows.forEach(({ controlOf }, i) => {
      if (controlOf !== null && (windows[controlOf]?.change ?? 'none') === 'none') {
        throw new InputError({
          file,
          field: `${run}: windows.${i}.controlOf`,
          value: controlOf,
          allowed: 'the index of a change in this list',
        });
      }
    });
  }
  return plan;
}

function checked<T>(schema: z.ZodType<T>, text: string, file: string): T {
  const result = schema.safeParse(parseJson(text, { file, allowed: 'a plan: JSON with a list of steps' }));
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw new InputError({ file, field: path.join('.') || 'plan', allowed: message });
}
