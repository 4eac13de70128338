import { describe, expect, it } from 'vitest';
import { trackSummaries } from '../../src/dynamics/track-summary.ts';
import { sampleTracks } from '../measurements/sample-tracks.ts';

describe('trackSummaries', () => {
  it('tell where every series began and ended, passing over what was not determined', () => {
    const [weights, noise, sharpness] = trackSummaries({ tracks: sampleTracks() });
    expect(weights).toMatchObject({ track: 'weights', measurements: 3, firstStep: 0, lastStep: 200 });
    expect(weights.subjects[0]).toMatchObject({ name: 'network.0.weight', rows: 32, columns: 784 });
    expect(weights.subjects[0].series).toMatchObject({
      stable_rank: { first: 20, last: 5, undetermined: 0 },
      tail_exponent: { first: 4, last: 2.5, undetermined: 1 },
    });
    expect(noise.subjects[0].series.noise_scale).toEqual({ first: 64, last: 64, undetermined: 1 });
    expect(sharpness).toMatchObject({ measurements: 1, firstStep: 0, lastStep: 0 });
  });

  it('are none for a run without tracks', () => {
    expect(trackSummaries({})).toEqual([]);
  });
});
