import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';
import { parseStudyFile } from '../../src/study/study-file.ts';

const minimal = 'architectures: [mlp_narrow]\ndatasets: [drawn_digits]\n';

/** What is said about a study file, with or without what a valid one needs. */
function complaint(text: string): string {
  try {
    parseStudyFile(text, 'study.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  }
  throw new Error('the file was accepted');
}

describe('a study file', () => {
  it('needs networks and data sets only; the published settings stand for the rest', () => {
    expect(parseStudyFile(minimal, 'study.yaml')).toMatchObject({
      architectures: ['mlp_narrow'],
      datasets: ['drawn_digits'],
      seeds: [0],
      training: { steps: 2000, examples: 1500, batchSize: 32 },
      measurement: { every: 5, samples: 160 },
    });
  });

  it('may spell as earlier versions did', () => {
    const former = parseStudyFile(
      `${minimal}training: {optimiser: sgd}\nmeasurement: {spectra: [centred]}\ngrid: {learningRate: [0.1, 0.2]}`,
      'study.yaml',
    );
    expect(former).toMatchObject({ training: { optimizer: 'sgd' }, measurement: { spectra: ['centered'] } });
    expect(complaint(`${minimal}training: {optimizer: adam, optimiser: sgd}`)).toMatch(/training\.optimiser/);
  });

  it('may be JSON, and may define networks of its own', () => {
    const study = parseStudyFile(
      JSON.stringify({
        architectures: [
          { name: 'mine', family: 'mlp', hidden: [64, 32] },
          { name: 'seer', family: 'cnn', channels: [8] },
          { name: 'reader', family: 'transformer', width: 16, heads: 2, blocks: 1 },
        ],
        datasets: ['mnist'],
      }),
      'study.json',
    );
    expect(study.architectures).toEqual([
      { name: 'mine', family: 'mlp', hidden: [64, 32] },
      { name: 'seer', family: 'cnn', channels: [8] },
      { name: 'reader', family: 'transformer', width: 16, heads: 2, blocks: 1, dropout: 0.1 },
    ]);
  });

  it('measures weights, gradient noise and sharpness where asked, outputs before the nonlinearity', () => {
    const plain = parseStudyFile(minimal, 'study.yaml');
    expect([plain.weights, plain.gradientNoise, plain.sharpness]).toEqual([undefined, undefined, undefined]);
    expect(plain.measurement.outputs).toBe('before-nonlinearity');
    const asked =
      'weights: {every: 100}\ngradientNoise: {at: [0, 7]}\nsharpness: {every: 500, examples: 64}\n';
    expect(
      parseStudyFile(`${minimal}${asked}measurement: {outputs: after-nonlinearity}`, 's.yaml'),
    ).toMatchObject({
      weights: { every: 100 },
      gradientNoise: { at: [0, 7] },
      sharpness: { every: 500, examples: 64, iterations: 50, tolerance: 0.02 },
      measurement: { outputs: 'after-nonlinearity' },
    });
  });

  it.each([
    ['weights without steps', `${minimal}weights: {}`, /weights.*allowed: every, at or both/],
    [
      'an unknown key of sharpness',
      `${minimal}sharpness: {every: 5, iteration: 3}`,
      /sharpness\.iteration; allowed: did you mean iterations\?/,
    ],
    [
      'outputs at a place that there is not',
      `${minimal}measurement: {outputs: after}`,
      /measurement\.outputs is "after"/,
    ],
    [
      'an unknown key, with the nearest known one',
      `${minimal}seed: [1]`,
      /^study\.yaml: seed; allowed: did you mean seeds\?/,
    ],
    [
      'an unknown key in a section',
      `${minimal}training: {step: 5}`,
      /training\.step; allowed: did you mean steps\?/,
    ],
    [
      'an unknown key of a network',
      'architectures: [{name: a, family: mlp, hiden: [4]}]\ndatasets: [mnist]',
      /architectures\[0\]\.hiden; allowed: did you mean hidden\? one of name, family, hidden/,
    ],
    ['a wrong type', `${minimal}training: {steps: many}`, /training\.steps is "many"; allowed: .*expected/],
    ['a number out of range', `${minimal}training: {batchSize: 0}`, /training\.batchSize is 0; allowed: /],
    ['a broken number', `${minimal}measurement: {every: 2.5}`, /measurement\.every is 2\.5; allowed: /],
    ['a negative seed', `${minimal}seeds: [0, -1]`, /seeds\[1\] is -1; allowed: /],
    [
      'an unknown network, with the nearest known one',
      'architectures: [mlp_narow]\ndatasets: [mnist]',
      /architectures\[0\] is "mlp_narow"; allowed: did you mean mlp_narrow\?/,
    ],
    [
      'an unknown data set, with the nearest known one',
      'architectures: [mlp_narrow]\ndatasets: [mnst]',
      /datasets\[0\] is "mnst"; allowed: did you mean mnist\?/,
    ],
    ['a missing part', 'architectures: [mlp_narrow]', /^study\.yaml: datasets; allowed: /],
    [
      'a mistyped key, rather than for the key that is missing for it',
      'architecture: [mlp_narrow]\ndatasets: [mnist]',
      /^study\.yaml: architecture; allowed: did you mean architectures\?/,
    ],
    [
      'a substitute for a data set that nobody knows',
      `${minimal}substitutes: {fashion_mnst: drawn_digits}`,
      /substitutes\.fashion_mnst; allowed: did you mean fashion_mnist\?/,
    ],
    [
      'an option of another optimizer',
      `${minimal}training: {momentum: 0.9}`,
      /training\.momentum is 0\.9; allowed: only with optimizer sgd, not adam/,
    ],
    [
      'an option of another schedule',
      `${minimal}training: {scheduleFloor: 0.1}`,
      /training\.scheduleFloor is 0\.1; allowed: only with schedule cosine, not constant/,
    ],
    [
      'a step schedule without steps',
      `${minimal}training: {schedule: step}`,
      /training\.scheduleEvery; allowed: a number of steps/,
    ],
    [
      'a warm-up that never ends',
      `${minimal}training: {steps: 10, warmup: 10}`,
      /training\.warmup is 10; allowed: below the 10 steps/,
    ],
    [
      'an unknown optimizer',
      `${minimal}training: {optimizer: lion}`,
      /training\.optimizer is "lion"; allowed: .*"adam"/,
    ],
    [
      'an unknown option in the grid',
      `${minimal}grid: {learningrate: [1]}`,
      /grid\.learningrate; allowed: did you mean learningRate\?/,
    ],
    [
      'a wrong value in the grid',
      `${minimal}grid: {learningRate: [0.1, fast]}`,
      /grid\.learningRate\[1\] is "fast"; allowed: /,
    ],
    [
      'an unknown kind of layer',
      `${minimal}measurement: {layers: [lstm]}`,
      /measurement\.layers\[0\] is "lstm"; allowed: .*"convolution"/,
    ],
    [
      'an unknown choice of layers',
      `${minimal}measurement: {layers: most}`,
      /measurement\.layers is "most"; allowed: .*"published"\|"all"/,
    ],
    [
      'an exception with a mistyped key',
      `${minimal}except: [{architecture: cnn_deep, dataste: mnist}]`,
      /except\[0\]\.dataste; allowed: did you mean dataset\?/,
    ],
    ['an empty list', 'architectures: []\ndatasets: [mnist]', /architectures is "?\[\]"?; allowed: /],
    ['something else than a mapping', '- 1', /^study\.yaml: study/],
    ['nothing at all', '', /^study\.yaml: study/],
    [
      'broken YAML, with the line',
      `${minimal}training: {steps: 5`,
      /^study\.yaml: line 3, column \d+; allowed: YAML/,
    ],
    ['a key given twice', `${minimal}seeds: [1]\nseeds: [2]`, /line 4, column 1; allowed: YAML/],
    [
      'a network whose name is no file name',
      'architectures: [{name: ../x, family: mlp, hidden: [4]}]\ndatasets: [mnist]',
      /architectures\[0\]\.name is "\.\.\/x"/,
    ],
    [
      'a network of its own under the name of another',
      'architectures: [{name: mlp_wide, family: mlp, hidden: [4]}]\ndatasets: [mnist]',
      /architectures\[0\]\.name is "mlp_wide"; allowed: a name that no other network has/,
    ],
  ])('is refused for %s', (_, text, message) => {
    expect(complaint(text)).toMatch(message);
  });

  it('is not unfolded from a few aliases into gigabytes', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let i = 1; i < 9; i++) {
      const before = String.fromCharCode(96 + i);
      const name = String.fromCharCode(97 + i);
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`)}]`);
    }
    expect(complaint(bomb.join('\n'))).toMatch(/^study\.yaml: /);
  });
});
