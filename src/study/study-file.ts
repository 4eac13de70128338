import { type Document, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { architectures } from '../models/architectures.ts';
import { datasetNames } from './dataset-store.ts';

const positiveInteger = (limit: number) => z.int().min(1).max(limit);
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/, 'letters, digits, _ and -, at most 80');

const knownArchitecture = z.string().superRefine((value, context) => {
  if (!Object.hasOwn(architectures, value)) {
    context.addIssue({ code: 'custom', message: oneOf(value, Object.keys(architectures)), input: value });
  }
});
const ownArchitecture = z.discriminatedUnion('family', [
  z.strictObject({
    name,
    family: z.literal('mlp'),
    hidden: z.array(positiveInteger(16384)).min(1).max(200),
  }),
  z.strictObject({
    name,
    family: z.literal('cnn'),
    channels: z.array(positiveInteger(4096)).min(1).max(16),
  }),
  z.strictObject({
    name,
    family: z.literal('transformer'),
    width: positiveInteger(8192),
    heads: positiveInteger(128),
    blocks: positiveInteger(96),
    dropout: z.number().min(0).max(0.9).default(0.1),
  }),
]);

const datasetName = z.string().superRefine((value, context) => {
  if (!(datasetNames as readonly string[]).includes(value)) {
    context.addIssue({ code: 'custom', message: oneOf(value, datasetNames), input: value });
  }
});

const schema = z.strictObject({
  title: z.string().min(1).max(200).default('Untitled study'),
  architectures: z
    .array(z.union([knownArchitecture, ownArchitecture]))
    .min(1)
    .max(200),
  datasets: z.array(datasetName).min(1).max(50),
  /** Folder with the files of data sets that are not built in. */
  dataFolder: z.string().optional(),
  seeds: z.array(z.int().min(0)).min(1).max(1000).default([0]),
  training: z
    .strictObject({
      steps: positiveInteger(10_000_000).default(2000),
      examples: positiveInteger(10_000_000).default(1500),
      batchSize: positiveInteger(65536).default(32),
      optimiser: z.enum(['adam']).default('adam'),
      learningRate: z.number().positive().max(10).default(1e-3),
    })
    .prefault({}),
  measurement: z
    .strictObject({
      every: positiveInteger(1_000_000).default(5),
      samples: positiveInteger(100_000).default(160),
    })
    .prefault({}),
  evaluation: z
    .strictObject({
      every: positiveInteger(1_000_000).default(250),
      examples: positiveInteger(1_000_000).default(1000),
    })
    .prefault({}),
});

/** A study as its file describes it, defaults filled in: architectures × data sets × seeds, and how to train and measure. */
export type StudyFile = z.output<typeof schema>;
/** What may be written in a study file: everything with a default may be left out. */
export type StudyFileInput = z.input<typeof schema>;

/**
 * Reads a study file (YAML, of which JSON is a part).
 *
 * @param text the file's content.
 * @param file its name, for messages.
 * @throws InputError naming the place in the file, the value and what is allowed.
 * @example
 * parseStudyFile('architectures: [mlp_narrow]\ndatasets: [drawn_digits]\nseeds: [0, 1]', 'study.yaml');
 */
export function parseStudyFile(text: string, file: string): StudyFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new InputError({
      file,
      field: `line ${line}, column ${col}`,
      allowed: `YAML (${problem.message.split('\n')[0]})`,
    });
  }
  return checkStudyFile(withoutAliases(document, file), file);
}

/** A few aliases of aliases could unfold into gigabytes: the parser gives up on those. */
function withoutAliases(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new InputError({ file, allowed: `YAML that can be unfolded (${(error as Error).message})` });
  }
}

/** Checks a study given as an object, e.g. a preset; see `parseStudyFile`. */
export function checkStudyFile(content: unknown, file: string): StudyFile {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const issue = deepest(result.error.issues[0]);
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
  throw new InputError({
    file,
    field: path.length === 0 ? 'study' : formatPath(path),
    value: unknownKey === undefined ? valueAt(content, path) : undefined,
    allowed: unknownKey === undefined ? issue.message : oneOf(unknownKey, keysAllowedAt(issue.path)),
  });
}

/** For a union the most telling branch is the one that got furthest into the value. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const branches = issue.errors.map((branch) => branch[0]).filter((first) => first !== undefined);
  const custom = branches.find((branch) => branch.code === 'custom');
  const furthest = branches.toSorted((a, b) => b.path.length - a.path.length)[0];
  const chosen = custom ?? furthest ?? issue;
  return { ...chosen, path: [...issue.path, ...chosen.path] };
}

function keysAllowedAt(path: readonly PropertyKey[]): string[] {
  const sections: Record<string, z.ZodType> = schema.shape;
  const section = path.length === 0 ? schema : sections[String(path[0])];
  const object = section instanceof z.ZodPrefault ? section.unwrap() : section;
  return object instanceof z.ZodObject
    ? Object.keys(object.shape)
    : ['name', 'family', 'hidden', 'channels', 'width', 'heads', 'blocks', 'dropout'];
}

function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
