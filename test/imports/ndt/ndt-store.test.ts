import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importNdtFolder, readNdtFolder } from '../../../src/imports/ndt/ndt-store.ts';
import { readStudy } from '../../../src/measurements/study-store.ts';
import type { NetworkFamily, Run } from '../../../src/measurements/types.ts';
import { ndtLog, temporaryFolder } from '../../measurements/fixtures.ts';
import { describeWithSharedData } from '../../shared-data.ts';

const tool = { name: 'rankscope', version: '0.1.0' };

function folderWith(files: Record<string, unknown>): string {
  const folder = join(temporaryFolder(), 'logs');
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

describe('importing a folder of logs', () => {
  const fashion = { ...ndtLog(), dataset_name: 'fashion_mnist' };

  it('makes a study of them, in the order of their names', () => {
    const logs = folderWith({ 'b.json': ndtLog(), 'a.json': fashion, 'README.md': 'about' });
    const target = join(temporaryFolder(), 'new', 'study');
    const manifest = importNdtFolder(logs, target, { tool });
    expect(manifest).toMatchObject({ origin: 'imported', title: 'logs', tool });
    expect(manifest.runs).toEqual(['mlp_shallow_2_fashion_mnist', 'mlp_shallow_2_mnist']);
    expect(manifest.schemaVersion).toBe(2);
    expect(Object.keys(manifest.logs!)).toEqual(manifest.runs);
    expect(readStudy(target)).toEqual({ manifest, runs: readNdtFolder(logs), remarks: [] });
    expect(readdirSync(join(target, '..'))).toEqual(['study']);
  });

  it('writes the same bytes each time, and replaces a study only if asked', () => {
    const logs = folderWith({ 'b.json': ndtLog() });
    const target = temporaryFolder();
    const log = join(target, 'runs', 'mlp_shallow_2_mnist.jsonl');
    importNdtFolder(logs, target, { tool });
    const before = readFileSync(log);
    expect(() => importNdtFolder(logs, target, { tool })).toThrow(/unless told to overwrite/);
    importNdtFolder(logs, target, { tool, overwrite: true });
    expect(readFileSync(log)).toEqual(before);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['no log', { 'README.md': 'x' }, /at least one \.json log/],
    ['one damaged log', { 'a.json': ndtLog(), 'b.json': '{"arch' }, /b\.json: allowed: JSON in one piece/],
    ['one foreign file', { 'a.json': ndtLog(), 'b.json': {} }, /b\.json: arch_name/],
    [
      'two logs of one run',
      { 'a.json': ndtLog(), 'b.json': ndtLog() },
      /b\.json: run is "mlp_shallow_2_mnist".*a\.json/,
    ],
  ])('writes nothing at all where there is %s', (_, files, message) => {
    const logs = folderWith(files);
    const place = temporaryFolder();
    expect(() => importNdtFolder(logs, join(place, 'study'), { tool })).toThrow(message);
    expect(readdirSync(place)).toEqual([]);
  });

  it('leaves the study that was there as it was if the logs are damaged', () => {
    const place = temporaryFolder();
    importNdtFolder(folderWith({ 'a.json': ndtLog() }), place, { tool });
    const before = readStudy(place);
    expect(() => importNdtFolder(folderWith({ 'a.json': '{' }), place, { tool, overwrite: true })).toThrow();
    expect(readStudy(place)).toEqual(before);
  });

  it('says if the folder is missing', () => {
    const missing = join(temporaryFolder(), 'logs');
    expect(() => importNdtFolder(missing, temporaryFolder(), { tool })).toThrow(/a folder that exists/);
  });
});

const fieldOf = {
  'stable_rank.logged': 'stable_rank',
  'participation_ratio_singular.raw': 'participation_ratio',
  'rank_90.raw': 'effective_rank_90',
  'nuclear_norm_ratio.raw': 'nuclear_norm_ratio',
};
const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  Buffer.from(a.buffer).equals(Buffer.from(b.buffer));
const arraysOf = ({ steps, loss, gradientNorm, layers }: Run): Float64Array[] => [
  steps,
  loss,
  gradientNorm,
  ...layers.flatMap(({ series }) => [...series.values()].map(({ values }) => values)),
];
const withoutArrays = ({ steps, loss, gradientNorm, ...run }: Run) => ({
  ...run,
  layers: run.layers.map(({ series, ...layer }) => ({
    ...layer,
    series: [...series].map(([id, { values, ...facts }]) => ({ id, ...facts })),
  })),
});

describeWithSharedData('the published study', 'ndt/runs', (folder) => {
  const runs = readNdtFolder(folder);
  const named = (id: string): Run => runs.find((run) => run.id === id)!;

  it('holds 55 runs of 400 measurements, 400 layer series in all', () => {
    const of = (family: NetworkFamily) => runs.filter((run) => run.family === family).length;
    expect([of('transformer'), of('cnn'), of('mlp'), runs.length]).toEqual([14, 9, 32, 55]);
    expect(runs.flatMap(({ layers }) => layers)).toHaveLength(400);
    const steps = Float64Array.from({ length: 400 }, (_, i) => 5 * i);
    for (const run of runs) {
      expect(run.steps).toEqual(steps);
      expect(run.complete).toBe(true);
      for (const { series } of run.layers) {
        expect(
          [...series.values()].map(({ values, undetermined }) => [values.length, undetermined.length]),
        ).toEqual(new Array(5).fill([400, 0]));
      }
    }
  });

  it('has the values of its files, as they stand there', () => {
    for (const run of runs) {
      const { measurements } = JSON.parse(readFileSync(join(folder, `${run.id}.json`), 'utf8'));
      // biome-ignore lint/suspicious/noExplicitAny: records of a foreign file
      const column = (field: (record: any) => number) => Float64Array.from(measurements, field);
      expect(
        sameBits(
          run.loss,
          column(({ loss }) => loss),
        ),
      ).toBe(true);
      expect(
        sameBits(
          run.gradientNorm,
          column(({ grad_norm }) => grad_norm),
        ),
      ).toBe(true);
      for (const { name, series } of run.layers) {
        for (const [id, field] of Object.entries(fieldOf)) {
          const logged = column(({ layer_metrics }) => layer_metrics[name][field]);
          expect(sameBits(series.get(id)!.values, logged)).toBe(true);
        }
      }
    }
  });

  it('has layers whose sizes add up to the logged number of parameters', () => {
    // Weights and biases counted from the layers' features; what a layer's matrix does not show is filled in here.
    const inputs: Record<string, number> = { ag_news: 100 };
    const widths: Record<string, number> = { transformer_narrow: 64 };
    for (const { family, architecture, dataset, layers, parameterCount } of runs) {
      const size = inputs[dataset] ?? 784;
      const outputs = layers.map(({ features }) => features!);
      let expected: number;
      if (family === 'transformer') {
        const width = widths[architecture] ?? 128;
        const tokens = outputs[0];
        const blocks = layers.filter(({ kind }) => kind === 'feed-forward-in').length;
        const attention = 4 * (width * width + width);
        const feedForward = 2 * 4 * width * width + 5 * width;
        const norms = 4 * width;
        expected =
          (size / tokens) * width +
          width +
          tokens * width +
          blocks * (attention + feedForward + norms) +
          (width + 1) * outputs.at(-1)!;
      } else if (family === 'cnn') {
        const channels = [1, ...outputs.slice(0, -1)];
        const side = Math.floor(28 / 2 ** (channels.length - 1));
        expected =
          channels.slice(1).reduce((sum, out, i) => sum + out * (9 * channels[i] + 1), 0) +
          (channels.at(-1)! * side * side + 1) * outputs.at(-1)!;
      } else {
        expected = outputs.reduce((sum, out, i) => sum + out * ((outputs[i - 1] ?? size) + 1), 0);
      }
      expect([architecture, dataset, expected]).toEqual([architecture, dataset, parameterCount]);
    }
  });

  it('has true stable ranks of 1.00 to 1.11 at the start of cnn_deep_mnist, where the log says 1', () => {
    const { layers } = named('cnn_deep_mnist');
    const first = (id: string) => layers.map(({ series }) => series.get(id)!.values[0]);
    expect(Math.min(...first('stable_rank.raw')).toFixed(2)).toBe('1.00');
    expect(Math.max(...first('stable_rank.raw')).toFixed(2)).toBe('1.11');
    for (const value of first('stable_rank.logged')) expect(value).toBeCloseTo(1, 9);
  });

  it('never recovers a stable rank outside 1 to the number of columns, but for float32 rounding', () => {
    for (const { layers } of runs) {
      for (const { series, features } of layers) {
        const { values } = series.get('stable_rank.raw')!;
        expect(Math.min(...values)).toBeGreaterThan(1 - 1e-6);
        expect(Math.max(...values)).toBeLessThan(features! * (1 + 1e-6));
        expect(Math.max(...series.get('rank_90.raw')!.values)).toBeLessThanOrEqual(features!);
      }
    }
  });

  it('keeps transformer layers in network order', () => {
    const { layers } = named('transformer_shallow_ag_news');
    expect(layers.map(({ name, kind, depth, features }) => [name, kind, depth, features])).toEqual([
      ['input_proj', 'input-projection', 0, 20],
      ['transformer.layers.0.linear1', 'feed-forward-in', 1, 20],
      ['transformer.layers.0.linear2', 'feed-forward-out', 2, 20],
      ['transformer.layers.1.linear1', 'feed-forward-in', 3, 20],
      ['transformer.layers.1.linear2', 'feed-forward-out', 4, 20],
      ['fc', 'classifier', 5, 4],
    ]);
    expect(layers[1].pooling).toBe('batch × tokens (mean over features)');
  });

  it('comes back from disk bit for bit', () => {
    const target = join(temporaryFolder(), 'study');
    importNdtFolder(folder, target, { tool });
    const read = readStudy(target).runs;
    expect(read.map(({ id }) => id)).toEqual(runs.map(({ id }) => id));
    read.forEach((run, r) => {
      const expected = arraysOf(runs[r]);
      expect(arraysOf(run).filter((array, a) => !sameBits(array, expected[a]))).toEqual([]);
      expect(withoutArrays(run)).toEqual(withoutArrays(runs[r]));
    });
  });
});
