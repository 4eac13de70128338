import { z } from 'zod';
import { detectorNames } from '../../detectors/registry.ts';
import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import { parseYaml } from '../../formats/yaml.ts';
import { checkShape } from '../../measurements/parse-json.ts';
import { claimKindNames, claimSchema } from './claim-kinds.ts';

const name = z.string({ error: 'a name' }).min(1, 'a name').max(100, 'a name of at most 100 characters');

const schema = z
  .strictObject({
    title: z.string({ error: 'a text' }).min(1, 'a text').max(200, 'at most 200 characters'),
    dependentDatasets: z
      .array(z.array(name, { error: 'a list of data set names' }), {
        error: 'a list of lists of data set names',
      })
      .default([]),
    asPublished: z
      .strictObject({
        series: name,
        axis: z.enum(['index', 'step'], { error: 'index or step' }),
        detector: z.enum(detectorNames, { error: `one of ${detectorNames.join(', ')}` }),
      })
      .nullable()
      .default(null),
    tallies: z
      .array(
        z.strictObject({
          name,
          total: z.number({ error: 'a number' }),
          categories: z.array(z.strictObject({ name, value: z.number({ error: 'a number' }) })).min(1),
          resolution: z.number({ error: 'a number' }).min(0).default(0),
        }),
        { error: 'a list of totals with their categories' },
      )
      .default([]),
    claims: z
      .array(claimSchema, { error: 'a list of claims' })
      .min(1, 'at least one claim')
      .max(200, 'at most 200 claims'),
  })
  .check(({ value, issues }) => {
    const seen = new Set<string>();
    value.claims.forEach(({ id }, index) => {
      if (seen.has(id)) {
        issues.push({
          code: 'custom',
          path: ['claims', index, 'id'],
          message: 'an id used once',
          input: value,
        });
      }
      seen.add(id);
    });
  });

/** The claims that an audit takes up, and what is known of how they came about. */
export type ClaimsFile = z.infer<typeof schema>;

/** The same before defaults are filled in. */
export type ClaimsFileInput = z.input<typeof schema>;

/**
 * Reads a file of claims, YAML or JSON.
 *
 * - `title`: whose claims they are;
 * - `dependentDatasets`: lists of data sets that share examples; runs of one architecture on them count as one;
 * - `asPublished`: the series that the claims were drawn from, the detector that counted their jumps, and whether
 *   positions of measurements (`index`) were taken for training steps;
 * - `tallies`: totals as they were published, with the categories that should add up to them;
 * - `claims`: each with `id`, `claim` (a sentence), `kind` and the parameters of its kind.
 *
 * @throws InputError naming the file and the field.
 * @example
 * parseClaims('title: Mine\nclaims: [{ id: a, kind: no-jumps-after, fraction: 0.5, claim: Nothing jumps late. }]', 'mine.yaml');
 */
export function parseClaims(text: string, file: string): ClaimsFile {
  return checkClaims(parseYaml(text, file, 'YAML or JSON'), file);
}

/** Checks claims given as an object; see `parseClaims`. */
export function checkClaims(content: unknown, file: string): ClaimsFile {
  refuseUnknownKind(content, file);
  return checkShape(schema, content, file);
}

/** A mistyped kind deserves a better answer than that no branch of a union fits. */
function refuseUnknownKind(content: unknown, file: string): void {
  const claims = (content as { claims?: unknown } | null)?.claims;
  if (!Array.isArray(claims)) return;
  claims.forEach((claim: unknown, index) => {
    const kind = (claim as { kind?: unknown } | null)?.kind;
    if (typeof kind === 'string' && !claimKindNames.includes(kind)) {
      throw new InputError({
        file,
        field: `claims[${index}].kind`,
        value: kind,
        allowed: oneOf(kind, claimKindNames),
      });
    }
  });
}
