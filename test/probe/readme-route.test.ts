import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStudy } from '../../src/measurements/study-store.ts';
import { rankscope, scratchFolder } from '../cli/rankscope.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');

/** The commands of the README that hold a word, as arguments. */
function commandsWith(word: string): string[][] {
  const block = [...readme.matchAll(/```sh\n(.*?)```/gs)]
    .map(([, lines]) => lines)
    .find((lines) => lines.includes(word));
  const commands = block!.trim().split(/\r?\n/);
  expect(commands.length).toBeLessThanOrEqual(5);
  return commands.map((line) => line.split(/\s+/).slice(1));
}

/** Its files, under the names that the README gives them. */
function givenFiles(): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'checkpoints'));
  for (const step of [0, 10, 20]) {
    copyFileSync(join(fixtures, `step_${step}.pt`), join(folder, 'checkpoints', `step_${step}.pt`));
  }
  for (const [from, to] of [
    ['merged.onnx', 'model.onnx'],
    ['x.npy', 'inputs.npy'],
    ['y.npy', 'labels.npy'],
  ]) {
    copyFileSync(join(fixtures, from), join(folder, to));
  }
  return folder;
}

describe('the route of the README from an ONNX file and checkpoints', () => {
  it('ends in a study and its report', () => {
    const folder = givenFiles();
    const own = ['model.onnx', 'checkpoints/', 'inputs.npy', 'labels.npy', 'my-study'];
    for (const words of commandsWith('rankscope probe')) {
      const { code, err } = rankscope(
        ...words.map((word) => (own.includes(word) ? join(folder, word) : word)),
      );
      expect(err).toBe('');
      expect(code).toBe(0);
    }
    expect(readStudy(join(folder, 'my-study')).runs[0].steps).toHaveLength(3);
    expect(readFileSync(join(folder, 'my-study/report/index.html'), 'utf8')).toContain('probed');
  });
});
