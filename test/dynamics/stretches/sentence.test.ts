import { describe, expect, it } from 'vitest';
import { describeCurve } from '../../../src/dynamics/stretches/describe-curve.ts';
import { describeSeeds } from '../../../src/dynamics/stretches/describe-seeds.ts';
import { sentenceOf } from '../../../src/dynamics/stretches/sentence.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { described, indices, noisyCurve, ramp, walk } from './curves.ts';

const steps = indices(400).map((i) => 5 * i);
const seriesOf = (values: Float64Array) => ({ steps: steps.subarray(0, values.length), values });
const sentence = (values: Float64Array): string => sentenceOf(describeCurve(seriesOf(values)));

describe('a curve in one sentence', () => {
  it('falls, rises and stays', () => {
    const collapse = noisyCurve(
      400,
      (i) => 17 - 13.4 * ramp(0, 9)(i) + 0.7 * ramp(9, 111)(i),
      0.02,
      'collapse',
    );
    expect(sentence(collapse)).toMatch(
      /^falls from 17 to 3\.\d+ \(−7[89] %\) in steps 0–\d+ \[\d+, \d+\]; (level until step \d+; )?rises (from 3\.\d+ )?to 4\.3\d? .*; level from there$/,
    );
  });

  it('jumps at a step', () => {
    const jump = noisyCurve(400, (i) => 0.25 + 0.7 * ramp(149, 1)(i), 0.01, 'jump');
    expect(sentence(jump)).toMatch(
      /^level at 0\.25\d until step 745; jumps up from 0\.25\d to 0\.94\d \(\+27\d %\) at step 7(45|50) \[74\d, 755\]; level from there$/,
    );
  });

  it('wanders, with its net change and what this says', () => {
    expect(sentence(walk(400, 3))).toMatch(
      /wanders between −?[\d.]+ and −?[\d.]+, net [+−][\d.]+, no direction shown by this run alone, until/,
    );
  });

  it('says no larger net change than what it is between', () => {
    for (let seed = 0; seed < 20; seed++) {
      const said = sentence(walk(400, seed, 0.001).map((value) => 5 + value));
      for (const [, low, high, net] of said.matchAll(/wanders between (\S+) and (\S+), net (\S+),/g)) {
        const width = Number(high) - Number(low);
        expect(Math.abs(Number(net.replace('−', '-')))).toBeLessThanOrEqual(1.1 * width);
        expect(width).toBeGreaterThan(0);
      }
    }
  });

  it('gives as many digits as tell where it leads from where it began', () => {
    const slight = noisyCurve(400, (i) => 1.03 + 0.0004 * ramp(149, 40)(i), 0.00001, 'slight');
    expect(sentence(slight)).toMatch(/(rises|jumps up) from 1\.03 to 1\.0304 /);
  });

  it('rises until the end', () => {
    expect(sentence(noisyCurve(400, (i) => i, 0.1, 'line'))).toMatch(/^rises from .* in steps 0–1,995/);
  });

  it('is level, constant, or not described', () => {
    expect(sentence(noisyCurve(400, () => 5, 0.1, 'noise'))).toMatch(
      /^between 4\.9\d? and 5\.\d+ throughout: no movement told from the noise$/,
    );
    expect(sentence(new Float64Array(30).fill(-2))).toBe('constant at −2');
    expect(sentence(Float64Array.of(1, 2))).toBe('not described: 2 measurements; at least 12 are needed');
  });

  it('says where a curve begins and ends that differ by more than a quarter, though its noise may do that', () => {
    const rng = createRandom('apart');
    let wave = 0;
    const restless = Float64Array.from({ length: 100 }, (_, i) => {
      wave = 0.8 * wave + 0.6 * rng.normal();
      return 5 + i / 50 + wave;
    });
    const { stretches } = described(describeCurve(seriesOf(restless)));
    expect(stretches.map(({ kind }) => kind)).toEqual(['level']);
    const [from, to] = [stretches[0].fromValue, stretches[0].toValue].map((value) =>
      Number(value.toPrecision(3)),
    );
    expect(sentence(restless)).toMatch(
      new RegExp(
        `^between .* throughout, from ${from} at its start to ${to} at its end: no movement told from the noise$`,
      ),
    );
  });

  it('calls level only what a reader would: else between which values no movement was told from the noise', () => {
    // A collapse, and then noise that remembers for long: it drifts by a third of the whole, and nothing of that is shown.
    const rng = createRandom('level');
    let wave = 0;
    const restless = Float64Array.from({ length: 100 }, (_, i) => {
      wave = 0.8 * wave + 0.6 * rng.normal();
      return (i < 4 ? 8 : 0) + 0.8 * wave;
    });
    const description = described(describeCurve(seriesOf(restless)));
    const last = description.stretches.at(-1)!;
    expect(last.kind).toBe('level');
    expect(last.within[1] - last.within[0]).toBeGreaterThan(1);
    expect(sentenceOf(description)).toMatch(
      /between −\d\.\d+ and \d(\.\d+)? from there, no movement told from the noise$/,
    );
    const quiet = noisyCurve(400, (i) => 10 - 5 * ramp(0, 40)(i), 0.05, 'quiet');
    expect(sentence(quiet)).toMatch(/; level from there$/);
  });

  it('says where a wander has been, though it comes back', () => {
    const back = walk(400, 3).map((value, i, all) => value - (i / 399) * (all[399] - all[0]));
    const { stretches } = described(describeCurve(seriesOf(back)));
    const wander = stretches.find(({ kind }) => kind === 'wander')!;
    const inside = back.subarray(wander.from.index, wander.to.index + 1);
    expect(wander.within[0]).toBeGreaterThanOrEqual(Math.min(...inside));
    expect(wander.within[1]).toBeLessThanOrEqual(Math.max(...inside));
    expect(wander.within[1] - wander.within[0]).toBeGreaterThan(2 * Math.abs(wander.amplitude.value));
  });

  it('names the seeds where few of them that differ make an interval that says little', () => {
    const runsOf = (starts: readonly number[]) =>
      starts.map((start) => ({
        steps,
        values: noisyCurve(400, (i) => 3 + 5 * ramp(start, 40)(i), 0.05, `start ${start}`),
      }));
    expect(sentenceOf(describeSeeds(runsOf([60, 100, 190])))).toMatch(
      /in steps 5\d\d \(seeds: (29|3[01])\d to 9[45]\d\)–7\d\d \(seeds: 4[89]\d|50\d to 11\d\d\), 3 of 3 seeds/,
    );
    expect(sentenceOf(describeSeeds(runsOf([100, 104, 108])))).not.toContain('seeds:');
  });

  it('says how many seeds show it, and when they do', () => {
    const runs = [0, 1, 2].map((seed) => ({
      steps,
      values: noisyCurve(400, (i) => 3 + 5 * ramp(100 + 4 * seed, 20)(i), 0.1, `seeds ${seed}`),
    }));
    expect(sentenceOf(describeSeeds(runs))).toMatch(
      /^level at 3(\.0\d)? until step \d+; rises from .* to [78](\.\d+)? \(\+16\d %\) in steps 5\d\d \[\d+, \d+\]–6\d\d \[\d+, \d+\], 3 of 3 seeds; level from there$/,
    );
  });

  it('says of a rise or fall whether it holds over all curves, where that is known', () => {
    const curve = describeCurve(seriesOf(noisyCurve(400, (i) => 17 - 13 * ramp(0, 40)(i), 0.1, 'holds')));
    const own = described(curve).stretches.find(({ kind }) => kind === 'fall')!.pValue!;
    expect(sentenceOf(curve)).not.toContain('hold');
    expect(sentenceOf(curve, { threshold: own })).not.toContain('hold');
    expect(sentenceOf(curve, { threshold: own / 2 })).toMatch(
      /^falls from .* \(does not hold over all curves\); level from there$/,
    );
  });

  it('says where a jump is, and not where its tail ends', () => {
    // Nine tenths within two measurements, the rest over all that follow: as the layers of a run of 40 measurements.
    const level = (i: number) => 4 + 8 * Math.exp(-3 * i) + 0.2 * Math.exp(-i / 12);
    const tailed = describeCurve(seriesOf(noisyCurve(40, level, 0.004, 'tail')));
    const first = described(tailed).stretches.find(({ pace }) => pace === 'jump')!;
    expect(first.half!.index).toBeLessThanOrEqual(2);
    expect(first.half!.interval[1]).toBeLessThanOrEqual(5 * 7);
    expect(sentenceOf(tailed)).toMatch(
      /^jumps down from 1\d(\.\d)? to 4(\.\d+)? \(−6\d %\) at step (\d|10) \[/,
    );
  });
});
