import { z } from 'zod';
import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { inPresentSpelling } from '../formats/former-spelling.ts';
import { parseYaml } from '../formats/yaml.ts';
import { type StudyFile, studySchema } from './study-schema.ts';

export type { StudyFile, StudyFileInput } from './study-schema.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

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
  return checkStudyFile(parseYaml(text, file), file);
}

/** Checks a study given as an object, e.g. a preset; see `parseStudyFile`. */
export function checkStudyFile(content: unknown, file: string): StudyFile {
  const present = inPresentSpelling(content);
  const result = studySchema.safeParse(present);
  if (result.success) return result.data;
  const issue = mostTelling(result.error.issues);
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys;
    const known = keysOf(schemaAt(studySchema, present, issue.path));
    throw new InputError({ file, field: formatPath([...issue.path, key]), allowed: oneOf(key, known) });
  }
  throw new InputError({
    file,
    field: formatPath(issue.path),
    value: valueAt(present, issue.path),
    allowed: issue.message,
  });
}

/** Of several faults the one that explains the others: a mistyped key before the key that is missing for it. */
function mostTelling(issues: readonly Issue[]): Issue {
  const single = issues.flatMap(withoutUnion);
  return single.find(({ code }) => code === 'unrecognized_keys') ?? single[0];
}

/** For a union, the faults of the branch that got furthest into the value. */
function withoutUnion(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const branches = issue.errors.map((branch) =>
    branch.flatMap((inner) => withoutUnion({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const reach = ([first]: Issue[]): number =>
    first.path.length > issue.path.length ? 2 : first.code === 'invalid_type' ? 0 : 1;
  return branches.toSorted((a, b) => reach(b) - reach(a))[0];
}

/** The part of the schema that a place in the content is held against. */
function schemaAt(schema: z.core.$ZodType, content: unknown, path: Path): z.core.$ZodType {
  const bare = unwrapped(schema, content);
  if (path.length === 0) return bare;
  const [key, ...rest] = path;
  const inner = (content as Record<PropertyKey, unknown> | undefined)?.[key];
  if (bare instanceof z.ZodObject) return schemaAt(bare.shape[String(key)], inner, rest);
  return bare instanceof z.ZodArray ? schemaAt(bare.element, inner, rest) : bare;
}

/** Without defaults; of a union the branch that the content is meant for. */
function unwrapped(schema: z.core.$ZodType, content: unknown): z.core.$ZodType {
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return unwrapped(schema.unwrap(), content);
  }
  if (!(schema instanceof z.ZodUnion)) return schema;
  const branches = schema.options.map((option) => unwrapped(option, content));
  const isMeant = (branch: z.core.$ZodType): boolean =>
    branch instanceof z.ZodObject &&
    branch.shape.family?.safeParse((content as { family?: unknown }).family).success !== false;
  return branches.find(isMeant) ?? branches[0];
}

function keysOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) {
    return schema.keyType.options.map(String);
  }
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function formatPath(path: Path): string {
  if (path.length === 0) return 'study';
  return path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
