import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith, type Requirement, toolsDemanded } from '../requirements.ts';
import { type Finished, npm, npx } from './npm.ts';

const root = resolve(import.meta.dirname, '../..');
const asked = process.env.RANKSCOPE_TEST_PACKAGE === '1';
const registryHere = (): boolean =>
  npm(tmpdir(), 'view', 'onnxruntime-common', 'version', '--fetch-retries=0').code === 0;
const registry: Requirement = {
  missing: !asked
    ? 'packing and installing takes minutes, RANKSCOPE_TEST_PACKAGE=1 asks for it'
    : registryHere()
      ? null
      : 'the npm registry does not answer',
  demanded: asked && toolsDemanded,
};

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Measured: 63.8 MB, of which ONNX Runtime for five platforms is 63.3. */
const largestPackage = 70e6;

const study = `
title: tiny
architectures: [{name: tiny, family: mlp, hidden: [8, 6]}]
datasets: [drawn_digits]
seeds: [0]
training: {steps: 6, examples: 64, batchSize: 16}
measurement: {every: 2, samples: 20}
evaluation: {every: 3, examples: 40}
`;

const program = `
import { metrics, readStudy, type Spectrum, spectrumOf } from 'rankscope';
const spectrum: Spectrum = spectrumOf({ data: Float32Array.of(1, 0, 0, 1), rows: 2, columns: 2 }, { centering: 'none' });
const rank = metrics.participation_ratio(spectrum);
console.log(rank.determined ? rank.value : rank.reason, readStudy('trained').runs.length);
`;

describeWith(registry, 'the packed program, installed without a flag in an empty folder', () => {
  // With what paths may hold and careless programs trip over.
  const folder = mkdtempSync(join(tmpdir(), 'rankscope package '));
  const elsewhere = mkdtempSync(join(tmpdir(), 'rankscope-packed-'));
  let packed: Packed;
  let installed: Finished;

  beforeAll(() => {
    // Packing runs no script of the project's.
    const pages = npm(root, 'run', 'site');
    if (pages.code !== 0) throw new Error(pages.out + pages.err);
    const { out, err, code } = npm(root, 'pack', '--json', '--pack-destination', elsewhere);
    if (code !== 0) throw new Error(err);
    packed = JSON.parse(out)[0];
    installed = npm(folder, 'install', join(elsewhere, packed.filename));
    writeFileSync(join(folder, 'study.yaml'), study);
  }, 600_000);
  afterAll(() => {
    for (const each of [folder, elsewhere]) rmSync(each, { recursive: true, force: true });
  });

  it('holds the program, its types and its documents, and neither tests nor sources', () => {
    const paths = packed.files.map(({ path }) => path);
    for (const path of [
      'dist/index.js',
      'dist/index.d.ts',
      'dist/cli/main.js',
      'docs/training.md',
      'site/index.html',
      'site/documents/training.html',
      // What validate --known trains.
      'examples/deep-linear.yaml',
      'README.md',
    ])
      expect(paths).toContain(path);
    const allowed =
      /^(dist\/|docs\/|site\/|schema\/|python\/|examples\/[\w-]+\.yaml$|(README|CHANGELOG)\.md$|LICENSE$|package\.json$)/;
    expect(paths.filter((path) => !allowed.test(path) || /\.test\.|\.map$|\.py[co]$/.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(largestPackage);
  });

  it('is installed, with scripts allowed, and finds nothing that has one', () => {
    expect(npm(folder, 'config', 'get', 'ignore-scripts').out.trim()).toBe('false');
    expect(installed.code, installed.err).toBe(0);
    const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
    const scripted = Object.entries<{ hasInstallScript?: boolean }>(packages).filter(
      ([, { hasInstallScript }]) => hasInstallScript,
    );
    expect(scripted.map(([path]) => path)).toEqual([]);
  });

  it('says its version', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(npx(folder, 'rankscope', '--version')).toMatchObject({ code: 0, out: `${version}\n` });
  });

  it('says where its documentation lies', () => {
    const { code, out } = npx(folder, 'rankscope', 'docs', 'training');
    expect(code).toBe(0);
    expect(readFileSync(fileURLToPath(out.trim()), 'utf8')).toContain('Training a study');
  });

  it('trains, and shows what it trained', () => {
    const trained = npx(folder, 'rankscope', 'train', 'study.yaml', '--out', 'trained');
    expect(trained.code, trained.err).toBe(0);
    expect(trained.out).toMatch(/^tiny_drawn_digits_seed0 .* complete$/m);
    expect(npx(folder, 'rankscope', 'show', 'trained').out).toMatch(/^tiny_drawn_digits_seed0 /m);
  });

  it('is imported by a program, which its types fit without skipLibCheck', () => {
    writeFileSync(join(folder, 'program.mts'), program);
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', 'program.mts'];
    const compiled = spawnSync(process.execPath, [compiler, ...options], { cwd: folder, encoding: 'utf8' });
    expect(compiled.stdout).toBe('');
    expect(compiled.status).toBe(0);
    const ran = spawnSync(process.execPath, ['program.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(ran).toMatchObject({ status: 0, stdout: '2 1\n' });
  });
});
