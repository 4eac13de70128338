import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runOf } from '../../../src/derived/run-of.ts';
import { runSummary } from '../../../src/dynamics/run-summary.ts';
import { studyDashboard } from '../../../src/findings/dashboard/dashboard.ts';
import { deepDive } from '../../../src/findings/deep-dive/deep-dive.ts';
import { analyzeStudy } from '../../../src/findings/study-analysis.ts';
import { whatHappened } from '../../../src/findings/what-happened.ts';
import { integratedReport } from '../../../src/report/json/integrated-report.ts';
import {
  integratedReportJsonSchema,
  integratedReportSchema,
} from '../../../src/report/json/integrated-report-schema.ts';
import { reportMethods } from '../../../src/report/methods/methods.ts';
import type { ReportInput } from '../../../src/report/types.ts';
import { sampleTracks } from '../../measurements/sample-tracks.ts';
import { exampleStudy } from '../example-study.ts';
import { exampleInside } from '../inside/example-inside.ts';
import { fieldTables } from './field-table.ts';
import { threeSeeds } from './three-seeds.ts';

/** The report as another program reads it. */
function written(input: ReportInput) {
  const { runs, analysis } = input;
  const dynamics = new Map(analysis.runs.map((run) => [run.runId, run]));
  const summaries = runs.map((run) => runSummary(run, dynamics.get(run.id) ?? null));
  return JSON.parse(
    [
      ...integratedReport(input, summaries, {
        dashboard: studyDashboard(runs, analysis),
        architectures: deepDive(runs, analysis),
        methods: reportMethods(input),
        happened: whatHappened(analysis),
      }),
    ].join(''),
  );
}

/** What its schema says against it: nothing, where it holds. */
function faultsOf(report: unknown): string[] {
  const { error } = integratedReportSchema.safeParse(report);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('integrated_report.json', () => {
  const example = exampleStudy();
  const seeds = threeSeeds();
  const inputs: Record<string, ReportInput> = {
    'a study with findings, warnings and what could not be determined': example,
    'a study of three seeds': seeds,
    'no run': {
      manifest: example.manifest,
      runs: [],
      analysis: { ...example.analysis, runs: [], rates: [] },
    },
    'runs that were not analyzed': { ...example, analysis: { ...example.analysis, runs: [] } },
    'a run with tracks': {
      ...example,
      runs: [{ ...example.runs[0], tracks: sampleTracks('w') }, ...example.runs.slice(1)],
    },
    'a detector without error control': {
      ...seeds,
      analysis: analyzeStudy(seeds.runs, { detector: 'published-z' }),
    },
    'curves too short, constant and without values': shortAndEmpty(),
    'checkpoints that were read': { ...example, inside: [exampleInside([0, 10])] },
  };

  it.each(Object.entries(inputs))('is as its schema says, of %s', (_, input) => {
    expect(faultsOf(written(input))).toEqual([]);
  });

  it('loses nothing on its way through a reader that checks it', () => {
    const report = written(seeds);
    expect(integratedReportSchema.parse(report)).toEqual(report);
    expect(report.runs.map(({ run }: { run: string }) => run)).toEqual(['a', 'b', 'c']);
    expect(report.analysis.seedGroups[0].runs).toEqual(['a', 'b', 'c']);
    const { curve } = seeds.analysis.runs[0].layers[0];
    const stretches = curve.described ? curve.stretches.map(({ kind }) => kind) : [];
    expect(stretches.length).toBeGreaterThan(1);
    expect(
      report.runs[0].dynamics.layers[0].curve.stretches.map(({ kind }: { kind: string }) => kind),
    ).toEqual(stretches);
  });

  it('is refused by its schema where a field is missing, new, or of another kind', () => {
    const report = written(seeds);
    const { dashboard: _, ...without } = report;
    expect(faultsOf(without)).toEqual([expect.stringMatching(/^dashboard: /)]);
    expect(faultsOf({ ...report, mood: 'good' })).toEqual([expect.stringContaining('mood')]);
    expect(faultsOf({ ...report, study: { ...report.study, seeds: ['one'] } })).toEqual([
      expect.stringMatching(/^study\.seeds\.0: /),
    ]);
    expect(faultsOf({ ...report, schemaVersion: 3 })).toEqual([expect.stringMatching(/^schemaVersion: /)]);
  });

  it('says why, wherever it has null for what could not be found out', () => {
    const { runs, analysis } = written(shortAndEmpty());
    expect(runs[0].dynamics.layers[0].curve).toMatchObject({ described: false, reason: expect.any(String) });
    expect(runs[0].dynamics.convergenceOrder).toMatchObject({ tau: null, reason: expect.any(String) });
    expect(analysis.jumpTypes).toMatchObject({ determined: false, reason: expect.any(String) });
  });

  it('names the seeds, the digests of the logs and the versions', () => {
    const sha256 = 'ab'.repeat(32);
    const logs = { b: { records: 41, sha256 } };
    const { study, tool } = written({
      ...seeds,
      manifest: { ...seeds.manifest, logs },
      tool: { name: 'rankscope', version: '9.9.9' },
    });
    expect(study.seeds).toEqual([0, 1, 2]);
    expect(study.logs).toEqual([
      { run: 'a', records: null, sha256: null },
      { run: 'b', records: 41, sha256 },
      { run: 'c', records: null, sha256: null },
    ]);
    expect(tool.version).toBe('9.9.9');
    expect(study.tool).toEqual(seeds.manifest.tool);
  });

  it('holds what was measured inside checkpoints, each number or the reason why there is none', () => {
    const { checkpoints } = written({ ...example, inside: [exampleInside([0, 10])] });
    const [{ run, steps, values, ablations }] = checkpoints;
    expect([run, steps]).toEqual(['mlp_digits', [0, 10]]);
    const measured = new Set(values.map(({ measure }: { measure: string }) => measure));
    for (const measure of ['attention_entropy', 'filter_orthogonality', 'selectivity_index'])
      expect(measured).toContain(measure);
    for (const { value, reason } of values) expect((value === null) !== (reason === null)).toBe(true);
    expect(ablations.length).toBeGreaterThan(0);
    expect(written(example).checkpoints).toBeNull();
  });

  it('says of a finding whether an uncalibrated rule alone refutes it', () => {
    const [first, second] = example.findings ?? [];
    const findings = [first, { ...second, verdict: 'refuted' as const, uncalibratedRule: 'published-z' }];
    const report = written({ ...example, findings });
    expect(report.findings.map((one: { uncalibratedRule: unknown }) => one.uncalibratedRule)).toEqual([
      null,
      'published-z',
    ]);
  });
});

describe('its JSON Schema', () => {
  const packaged = JSON.parse(
    readFileSync(resolve(import.meta.dirname, '../../../schema/integrated-report.schema.json'), 'utf8'),
  );

  it('is that of the program (npm run schemas writes it), and takes a report as it is written', () => {
    expect(packaged).toEqual(integratedReportJsonSchema());
    const schema = z.fromJSONSchema(packaged);
    expect(schema.safeParse(written(threeSeeds())).success).toBe(true);
    expect(schema.safeParse({ ...written(threeSeeds()), runs: {} }).success).toBe(false);
  });

  it('stands in words, field by field, in docs/report-json-fields.md (vitest -u writes it)', async () => {
    const words = `# Fields of integrated_report.json\n\nWritten from the schema by its test; what each part is for: [report-json.md](report-json.md).\n\n${fieldTables(packaged)}`;
    await expect(words).toMatchFileSnapshot('../../../docs/report-json-fields.md');
  });

  it('says of every field what it means', () => {
    const silent: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (Array.isArray(node)) for (const [i, part] of node.entries()) visit(part, `${path}[${i}]`);
      else if (typeof node === 'object' && node !== null) {
        const { properties } = node as { properties?: Record<string, Record<string, unknown>> };
        for (const [name, field] of Object.entries(properties ?? {})) {
          const says = field.description ?? field.$ref ?? field.const;
          if (says === undefined) silent.push(`${path}.${name}`);
        }
        for (const [key, part] of Object.entries(node)) visit(part, `${path}.${key}`);
      }
    };
    visit(integratedReportJsonSchema(), '');
    expect(silent).toEqual([]);
  });
});

function shortAndEmpty(): ReportInput {
  const steps = [0, 5, 10, 15];
  const values = { none: steps.map(() => Number.NaN), still: steps.map(() => 2), short: [1, 2, 3, 4] };
  const layers = Object.fromEntries(Object.entries(values).map(([name, of]) => [name, { stable_rank: of }]));
  const runs = [runOf({ id: 'short', steps, layers })];
  return { manifest: { ...exampleStudy().manifest, runs: ['short'] }, runs, analysis: analyzeStudy(runs) };
}
