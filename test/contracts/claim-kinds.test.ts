import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { z as zod } from 'zod';
import { auditStudy } from '../../src/findings/audit/audit-study.ts';
import { claimKinds, claimSchema } from '../../src/findings/audit/claim-kinds.ts';
import { checkClaims } from '../../src/findings/audit/claims-file.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import type { Run } from '../../src/measurements/types.ts';
import { dataChecks } from '../../src/validity/data-checks.ts';
import { plantedRuns } from '../findings/audit/planted-study.ts';
import { sampleManifest } from '../measurements/fixtures.ts';

/** What every kind of claim keeps, a new one too: it is tested by standing there, with parameters made from its schema. */

type JsonSchema = {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
};

/** Some value that a schema allows: what is required, in the middle of its range. */
function exampleOf(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return exampleOf(schema.anyOf[0]);
  if (schema.type === 'array') return [exampleOf(schema.items!)];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer') return schema.minimum ?? 1;
  if (schema.type === 'number') {
    const low = schema.minimum ?? schema.exclusiveMinimum ?? 0;
    return (low + (schema.maximum ?? schema.exclusiveMaximum ?? low + 2)) / 2;
  }
  if (schema.type === 'object') {
    const required = schema.required ?? [];
    return Object.fromEntries(required.map((key) => [key, exampleOf(schema.properties![key])]));
  }
  return 'net-0';
}

function claimOf(kind: string, schema: z.ZodType): object {
  const example = exampleOf(zod.toJSONSchema(schema, { io: 'input' }) as JsonSchema) as object;
  return { ...example, id: 'claim', claim: 'Something is so.', kind };
}

const layersOf = (jumps: number[]) => [
  { kind: 'convolution' as const, jumps },
  { kind: 'linear' as const, jumps: [], level: (step: number) => 100 - 30 * Math.exp(-step / 200) },
  { kind: 'classifier' as const },
];
const planted = plantedRuns([
  { family: 'cnn', layers: layersOf([300, 900]), loss: (step) => 2 * Math.exp(-step / 300) },
  { family: 'mlp', layers: layersOf([600]), loss: (step) => 2 * Math.exp(-step / 500) },
  { family: 'mlp', dataset: 'letters', layers: layersOf([]), loss: () => 2 },
]);
const studies: Readonly<Record<string, readonly Run[]>> = {
  'three networks': planted,
  'one network': planted.slice(0, 1),
};

function findingOf(runs: readonly Run[], claim: object): Finding {
  const claims = checkClaims({ title: 'Contract', claims: [claim] }, 'contract');
  const analysis = analyzeStudy(runs);
  return auditStudy({
    manifest: sampleManifest(runs.map(({ id }) => id)),
    runs,
    claims,
    analysis,
    resamples: 99,
  }).findings[0];
}

describe.each(claimKinds.map((kind) => [kind.kind, kind] as const))('the kind of claim %s', (name, kind) => {
  const claim = claimOf(name, kind.schema);

  it('is known to the schema of claims by its name, and refuses what it does not know', () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(claimSchema.parse(claim).kind).toBe(name);
    expect(claimSchema.safeParse({ ...claim, unknown: 1 }).success).toBe(false);
    expect(claimKinds.filter((other) => other.kind === name)).toHaveLength(1);
  });

  it('names the data checks that bear on it', () => {
    const known = dataChecks.map((check) => check.name);
    for (const check of kind.checks) expect(known).toContain(check);
  });

  it.each(Object.entries(studies))('is judged on %s, or what would be needed is said', (_, runs) => {
    const finding = findingOf(runs, claim);
    expect(findingOf(runs, claim)).toEqual(finding);
    expect(finding.statistic).toMatch(/\S/);
    expect(finding.reason).toMatch(/\S/);
    expect(`${finding.reason} ${finding.statistic}`).not.toMatch(/NaN|undefined/);
    for (const id of finding.runs) expect(runs.map((run) => run.id)).toContain(id);
    if (finding.verdict === 'not testable') return;
    const { value, interval } = finding.effect!;
    expect(Number.isNaN(value)).toBe(false);
    expect(interval![0]).toBeLessThanOrEqual(interval![1]);
    expect(finding.null!.pValue).toBeGreaterThan(0);
    expect(finding.null!.pValue).toBeLessThanOrEqual(1);
  });
});
