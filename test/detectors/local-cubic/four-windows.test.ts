import { describe, expect, test } from 'vitest';
import { TOGETHER } from '../../../src/detectors/local-cubic/four-windows.ts';
import { noiseModel, whiten, whitenFrom } from '../../../src/detectors/local-cubic/noise-model.ts';
import { WhitenedWindow } from '../../../src/detectors/local-cubic/whitened-window.ts';
import { createRandom } from '../../../src/numerics/random.ts';

const noises = [noiseModel(0, false), noiseModel(0.5, false), noiseModel(0, true), noiseModel(0.4, true)];

/** Noise, then noise on a trend so steep that its cubic is taken out twice, then nothing but a trend. */
function series(): Float64Array {
  const rng = createRandom('four windows');
  return Float64Array.from({ length: 300 }, (_, t) => (t < 200 ? rng.normal() : 0) + (t > 100 ? 50 * t : 0));
}

describe('four windows fitted side by side', () => {
  test.each(noises)('get the bits that each gets alone: %j', (noise) => {
    const values = series();
    for (const length of [16, 60, 121]) {
      const window = WhitenedWindow.of(length, noise);
      for (const starts of [
        [0, 31, 62, 93],
        [80, 90, 170, 179],
        [120, 120, 120, 120],
      ]) {
        window.fitFour(values, starts);
        for (let k = 0; k < TOGETHER; k++) {
          const alone = window.fit(values, starts[k]);
          expect(window.four.rss[k]).toBe(alone.rss);
          expect(window.four.stepSums[k]).toEqual(alone.stepSums);
        }
      }
    }
  });
});

describe('whitening a part of a series', () => {
  test.each(noises)('is whitening its values less the origin: %j', (noise) => {
    const values = series();
    const plain = whiten(
      values.slice(90, 150).map((value) => value - 7),
      noise,
    );
    const strided = new Float64Array(2 * 60);
    whitenFrom(values, 90, 60, 7, noise, strided, 2, 1);
    expect(strided.filter((_, i) => i % 2 === 1)).toEqual(plain);
    expect(strided.every((value, i) => i % 2 === 1 || value === 0)).toBe(true);
  });
});
