import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { itWith, patience } from '../requirements.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

const study = `
architectures: [{name: tiny, family: mlp, hidden: [6]}, {name: small, family: cnn, channels: [2]}]
datasets: [drawn_digits]
training: {steps: 20, examples: 80, batchSize: 16}
measurement: {every: 10, samples: 20}
evaluation: {every: 20, examples: 20}
sharpness: {at: [0, 19], examples: 80, tolerance: 0.01}
checkpoints: {at: [0, 19]}
`;
const quick = ['--probes', '2', '--steps', '6', '--chains', '2', '--burn-in', '10', '--draws', '20'];

interface Value {
  readonly run: string;
  readonly step: number;
  readonly measure: string;
  readonly value: { readonly determined: true; readonly value: number };
  readonly standardError: number | null;
}

describe('rankscope landscape', () => {
  it('measures the loss around every checkpoint of a study, the same at every call', () => {
    const folder = scratchFolder();
    const [file, trained, out] = ['study.yaml', 'trained', 'tables'].map((name) => join(folder, name));
    writeFileSync(file, study);
    expect(rankscope('train', file, '--out', trained, '--quiet').code).toBe(0);
    const shown = rankscope('landscape', trained, ...quick, '--out', out);
    expect(shown.err).toBe('');
    expect(shown.out).toMatch(/^4 checkpoints, 0 values undetermined/);
    expect(shown.out).toMatch(/tiny_drawn_digits_seed0 +learning coefficient +-?[\d.]+ ± [\d.]+/);
    const table = (name: string) =>
      readFileSync(join(out, `${name}.csv`), 'utf8')
        .trim()
        .split('\r\n');
    expect(table('landscape')[0]).toBe('run,step,measure,value,standard_error,undetermined,remark');
    expect(table('hessian_spectrum').length).toBe(1 + 4 * 2 * 6);
    expect(table('learning_coefficient_chains').length).toBe(1 + 4 * 2 * 30);

    const json = JSON.parse(rankscope('landscape', trained, ...quick, '--json').out);
    const values: Value[] = json.values;
    expect(new Set(values.map(({ measure }) => measure))).toEqual(
      new Set([
        ...['loss', 'sharpness', 'eigenvalue_2', 'eigenvalue_3', 'trace', 'trace_of_square'],
        ...['largest_eigenvalue', 'smallest_eigenvalue', 'flat_share', 'negative_share'],
        ...['learning_coefficient', 'learning_coefficient_r_hat', 'learning_coefficient_inflation'],
      ]),
    );
    // The same numbers as the track took of the same weights and examples, to its tolerance.
    const log = readFileSync(join(trained, 'runs', 'tiny_drawn_digits_seed0.jsonl'), 'utf8');
    const logged = [...log.matchAll(/"step":(\d+),"subjects":\[\{"values":\{"sharpness":([\d.e-]+)/g)];
    expect(logged.length).toBe(2);
    for (const [, step, sharpness] of logged) {
      const own = values.find(
        (value) =>
          value.run === 'tiny_drawn_digits_seed0' &&
          value.step === Number(step) &&
          value.measure === 'sharpness',
      )!;
      expect(Math.abs(own.value.value / Number(sharpness) - 1)).toBeLessThan(1e-3);
    }
    const again = rankscope('landscape', trained, ...quick);
    expect(again.out).toBe(shown.out.replace(/\nTables: .*/, ''));
  });

  itWith(patience, 'takes only what is asked for, and names what there is', () => {
    const folder = scratchFolder();
    const [file, trained] = ['study.yaml', 'trained'].map((name) => join(folder, name));
    writeFileSync(file, study.replace(/, \{name: small.*\}\]/, ']'));
    expect(rankscope('train', file, '--out', trained, '--quiet').code).toBe(0);
    const one = rankscope('landscape', trained, '--measures', 'eigenvalues', '--eigenvalues', '1', '--json');
    const measures = JSON.parse(one.out).values.map(({ measure }: Value) => measure);
    expect(new Set(measures)).toEqual(new Set(['loss', 'sharpness']));
    const unknown = rankscope('landscape', trained, '--measures', 'curvature');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toMatch(/allowed: eigenvalues, spectrum, learning-coefficient/);
    const many = rankscope('landscape', trained, '--examples', '1000');
    expect(many.code).toBe(2);
    expect(many.err).toMatch(/examples is 1000; allowed: at most the 80 examples of training/);
  });

  it('says what it needs where there is no checkpoint', () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'study.yaml'), study.replace(/checkpoints.*\n/, ''));
    expect(
      rankscope('train', join(folder, 'study.yaml'), '--out', join(folder, 'trained'), '--quiet').code,
    ).toBe(0);
    const refused = rankscope('landscape', join(folder, 'trained'));
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/checkpoints is "none"; allowed: a study with checkpoints/);
  });
});
