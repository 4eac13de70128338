import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numerics/random.ts';
import { bulkEdge } from '../../src/spectra/marchenko-pastur.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';

const noise = (rows: number, columns: number, seed: number, spike = 0): Float64Array => {
  const random = createRandom(seed);
  const left = Array.from({ length: rows }, () => random.normal());
  const right = Array.from({ length: columns }, () => random.normal());
  const scale = spike / Math.sqrt(rows * columns);
  const data = Float64Array.from(
    { length: rows * columns },
    (_, i) => 0.3 * random.normal() + scale * left[Math.floor(i / columns)] * right[i % columns],
  );
  return spectrumOf({ data, rows, columns }, { centering: 'none' }).singularValues;
};

describe('the edge of the Marchenko-Pastur law', () => {
  it('of independent elements is σ² (√N + √M)², with the largest eigenvalue near it', () => {
    const { variance, edge, limit, spikes } = bulkEdge(noise(80, 200, 1), 80, 200);
    expect(variance).toBeCloseTo(0.09, 2);
    expect(edge).toBeCloseTo(variance * (Math.sqrt(80) + Math.sqrt(200)) ** 2, 12);
    expect(limit).toBeGreaterThan(edge);
    expect(spikes).toBe(0);
  });

  it('is passed by the largest of random matrices in about one of a hundred', () => {
    let beyond = 0;
    for (let seed = 0; seed < 200; seed++) beyond += bulkEdge(noise(30, 60, seed), 30, 60).spikes > 0 ? 1 : 0;
    expect(beyond).toBeLessThanOrEqual(8);
  });

  it('finds a planted direction, whose size does not move the edge', () => {
    const plain = bulkEdge(noise(80, 200, 2), 80, 200);
    const spiked = bulkEdge(noise(80, 200, 2, 60), 80, 200);
    expect(spiked.spikes).toBe(1);
    expect(spiked.edge / plain.edge).toBeCloseTo(1, 1);
  });

  it('of a matrix of zeros is zero, and nothing is beyond it', () => {
    expect(bulkEdge(new Float64Array(3), 3, 5)).toEqual({ variance: 0, edge: 0, limit: 0, spikes: 0 });
  });
});
