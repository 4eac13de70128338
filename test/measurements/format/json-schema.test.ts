import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inPresentSpelling } from '../../../src/formats/former-spelling.ts';
import { jsonSchemas } from '../../../src/measurements/format/json-schema.ts';
import { formatManifest } from '../../../src/measurements/manifest.ts';
import { formatEvent } from '../../../src/measurements/step-record.ts';
import { plainLog, sampleHeader, sampleLog, sampleManifest } from '../fixtures.ts';

const folder = resolve(import.meta.dirname, '../../../schema');
const studies = resolve(import.meta.dirname, '../studies');

/** The schema of the package, as a reader of JSON Schemas takes it: not the definition that it was made from. */
const accepts = (name: string) => {
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(join(folder, name), 'utf8')));
  return (value: unknown) => schema.safeParse(value).success;
};
const acceptsLine = accepts('log.schema.json');
const acceptsManifest = accepts('manifest.schema.json');

describe('the JSON Schemas of the package', () => {
  it('are those of the program (npm run schemas writes them)', () => {
    for (const [name, schema] of Object.entries(jsonSchemas())) {
      expect(JSON.parse(readFileSync(join(folder, name), 'utf8')), name).toEqual(schema);
    }
    const ofReports = ['integrated-report.schema.json'];
    expect(readdirSync(folder).sort()).toEqual([...Object.keys(jsonSchemas()), ...ofReports].sort());
  });

  it('accept every line of logs as they are written, of both versions', () => {
    for (const log of [plainLog(sampleHeader()), sampleLog(sampleHeader())]) {
      const lines = log.trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(acceptsLine(JSON.parse(line)), line).toBe(true);
    }
    expect(acceptsLine(JSON.parse(formatEvent({ step: 3, name: 'warm-up ends' })))).toBe(true);
  });

  it('accept a manifest as it is written', () => {
    expect(acceptsManifest(JSON.parse(formatManifest(sampleManifest())))).toBe(true);
    expect(acceptsManifest({ ...sampleManifest(), origin: 'probed' })).toBe(true);
  });

  it.each([
    ['a loss in words', '{"step":0,"loss":"low","gradientNorm":null,"layers":[]}'],
    ['a negative step', '{"step":-1,"loss":1,"gradientNorm":null,"layers":[]}'],
    ['a measurement without a loss', '{"step":0,"gradientNorm":null,"layers":[]}'],
    ['an accuracy in percent', '{"evaluation":{"step":1,"accuracy":97,"examples":null}}'],
    [
      'a spectrum in words',
      '{"spectra":{"step":0,"layers":[{"raw":{"singularValues":["1"],"reliable":1,"rowFourthMoment":1}}]}}',
    ],
    ['an end without a reason', '{"end":{"step":1}}'],
    ['an unknown record', '{"steps":1}'],
  ])('refuse %s', (_, line) => {
    expect(acceptsLine(JSON.parse(line))).toBe(false);
  });

  it('refuse a manifest of an origin that there is not, or with a run that leaves its folder', () => {
    expect(acceptsManifest({ ...sampleManifest(), origin: 'dreamt' })).toBe(false);
    expect(acceptsManifest({ ...sampleManifest(), runs: ['../x'] })).toBe(false);
  });

  it.each(['v1', 'v2'])('accept a trained study of %s, in the present spelling', (version) => {
    const study = join(studies, version);
    expect(acceptsManifest(JSON.parse(readFileSync(join(study, 'manifest.json'), 'utf8')))).toBe(true);
    for (const log of readdirSync(join(study, 'runs'))) {
      for (const line of readFileSync(join(study, 'runs', log), 'utf8')
        .split('\n')
        .slice(0, -1)) {
        expect(acceptsLine(inPresentSpelling(JSON.parse(line))), line.slice(0, 100)).toBe(true);
      }
    }
  });
});
