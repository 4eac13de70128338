import { z } from 'zod';
import { InputError } from '../errors/input-error.ts';
import { parseJson } from '../formats/json.ts';

/** What a task may ask the cluster for, in the words of `sbatch`, and how many run at once. */
export interface Resources {
  readonly partition?: string;
  /** The longest a task may take before it is ended, e.g. `2:00:00`; it is then put back into the queue and goes on. */
  readonly time?: string;
  readonly cpus: number;
  /** E.g. `4G`. */
  readonly memory?: string;
  /** E.g. `gpu:1`. */
  readonly gres?: string;
  /** Tasks that run at the same time, at most. */
  readonly arrayLimit?: number;
  /** Further options as `sbatch` takes them, e.g. `--account=lab`. */
  readonly options: readonly string[];
}

const line = z
  .string()
  .max(1000)
  .regex(/^[^\p{Cc}]*$/u);

/** A submission as the study's folder keeps it: a line of `cluster/submissions.jsonl`. */
const submissionSchema = z.strictObject({
  engine: z.literal('slurm'),
  /** The scheduler's number of the array job. */
  job: z.string().regex(/^\d{1,18}$/),
  /** Tasks that the runs of the study are divided among. */
  of: z.int().min(1),
  /** Those that were submitted. */
  tasks: z.array(z.int().min(0)).min(1),
  resources: z.strictObject({
    partition: line.optional(),
    time: line.optional(),
    cpus: z.int().min(1),
    memory: line.optional(),
    gres: line.optional(),
    arrayLimit: z.int().min(1).optional(),
    options: z.array(line),
  }),
});

export type Submission = Readonly<z.infer<typeof submissionSchema>>;

/**
 * Reads the submissions of a study, a line of JSON each, first to last.
 *
 * @throws InputError naming the line that is none.
 */
export function parseSubmissions(text: string, file: string): Submission[] {
  return text.split('\n').flatMap((line, i) => {
    if (line === '') return [];
    const parsed = submissionSchema.safeParse(parseJson(line, { file, field: `line ${i + 1}` }));
    if (parsed.success) return [parsed.data];
    const [issue] = parsed.error.issues;
    const field = [`line ${i + 1}`, ...issue.path.map(String)].join('.');
    throw new InputError({ file, field, allowed: issue.message });
  });
}

/**
 * What would end its line in a script is no option.
 *
 * @throws InputError naming it.
 */
export function assertResources(resources: Resources): void {
  const { partition, time, memory, gres, options } = resources;
  const named = { '--partition': partition, '--time': time, '--mem': memory, '--gres': gres };
  for (const [field, value] of Object.entries(named)) {
    if (value === undefined || (line.safeParse(value).success && value !== '')) continue;
    throw new InputError({ field, value, allowed: 'a value on one line, as sbatch takes it' });
  }
  for (const value of options) {
    if (/^--?[a-z]/.test(value) && line.safeParse(value).success) continue;
    throw new InputError({
      field: '--option',
      value,
      allowed: 'an option of sbatch on one line, e.g. --account=lab',
    });
  }
}
