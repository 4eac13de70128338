import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { type DeepDive, deepDive, type GroupDive } from '../../src/findings/deep-dive/deep-dive.ts';
import { deepDiveFigures, shownGroups } from '../../src/report/deep-dive-figures.ts';
import { exampleStudy } from './example-study.ts';

const { runs, analysis } = exampleStudy();
const dive = deepDive(runs, analysis)!;
const figures = deepDiveFigures(dive);
const named = (group: GroupDive, name: string): GroupDive => ({ ...group, group: name });

describe('the panels of a study’s architectures', () => {
  it('stand in two lines: when each group is fast, then in which layers', () => {
    expect([...figures].map(([name, { title }]) => [name, title])).toEqual([
      ['architectures-when-mlp', 'mlp: along training'],
      ['architectures-when-cnn', 'cnn: along training'],
      ['architectures-where-mlp', 'mlp: layer by layer'],
      ['architectures-where-cnn', 'cnn: layer by layer'],
    ]);
  });

  it('are of the dashboard’s size, with one range of rates and steps for all groups', async () => {
    const frames = [...figures].flatMap(([name, { spec }]) =>
      name.includes('when')
        ? [
            JSON.stringify(spec)
              .match(/"domain":\[[^\]]*\]/g)!
              .sort()
              .join(),
          ]
        : [],
    );
    expect(new Set(frames).size).toBe(1);
    for (const { spec } of figures.values()) expect(await renderSvg(spec)).toContain('viewBox="0 0 350 250"');
  });

  it('say of how many, by which test and against what', () => {
    const [when, , where] = [...figures.values()].map(({ caption }) => caption);
    const { early, overall } = dive.groups[0];
    expect(when).toMatch(
      /^\d+(\.\d)? % of \d+ jumps and fast stretches come in the first tenth of training, which has 10\.3 %/,
    );
    expect(when).toContain(`of ${early?.of} jumps`);
    expect(when).toContain('null: one rate all along');
    expect(when).toContain(
      `exact Poisson 95 % intervals. n = ${overall.count} jumps and fast stretches in 4 described layers of 2 runs.`,
    );
    expect(where).toMatch(/^Rates of 2 layers, by name over 2 runs/);
    expect(where).toContain('Holm over all layers; null: the gray line’s rate everywhere');
  });

  it('have an axis of rates above 0 where one group never jumps', () => {
    const [busy, other] = dive.groups;
    const none = { determined: true, count: 0, per1000: 0, interval: [0, 0.4] } as const;
    const silent: GroupDive = {
      ...other,
      overall: { ...other.overall, ...none },
      course: other.course.map((part) => ({ ...part, rate: { ...part.rate, ...none } })),
    };
    const spec = JSON.stringify(
      deepDiveFigures({ ...dive, groups: [busy, silent] }).get('architectures-when-mlp')!.spec,
    );
    const lows = [...spec.matchAll(/"type":"log","domain":\[([^,\]]+),/g)].map(([, low]) => Number(low));
    expect(lows).not.toEqual([]);
    expect(Math.min(...lows)).toBeGreaterThan(0);
  });

  it('are of three groups at most, with ten layers each, and name a layer that stands out', () => {
    const [group] = dive.groups;
    const layer = { ...group.byLayer[0], adjustedPValue: 0.001 };
    const byLayer = Array.from({ length: 12 }, (_, i) => ({
      ...layer,
      layer: `transformer.layers.${i}.linear1`,
    }));
    const many: DeepDive = {
      ...dive,
      groups: ['a', 'b', 'c', 'd'].map((name) => ({ ...named(group, name), byLayer })),
    };
    expect(shownGroups(many)).toHaveLength(3);
    const { caption, spec } = deepDiveFigures(many).get('architectures-where-a')!;
    expect(caption).toMatch(/^The 10 highest rates of 12 layers/);
    expect(caption).toContain('12 layers (orange) differ from the group’s others at 0.05');
    expect(JSON.stringify(spec).match(/…\w*\.?\d\.linear1 \(/g)).toHaveLength(10);
  });

  it('have every box, and the rate over all of training, within the axis of rates', () => {
    const part = (from: number, count: number, per1000: number, interval: [number, number]) => ({
      ...{ from, to: 2 * from },
      rate: { determined: true as const, ...{ count, layerSteps: 1000, per1000, interval } },
    });
    // Nothing was counted late, where even the upper end of the interval is below all others.
    const course = [part(10, 9, 60, [20, 110]), part(200, 0, 0, [0, 0.9])];
    const [group] = dive.groups;
    const overall = { ...group.overall, determined: true, per1000: 2.5 } as GroupDive['overall'];
    const alone = { ...dive, groups: [{ ...group, course, overall }] };
    const drawn = JSON.stringify(deepDiveFigures(alone).get('architectures-when-mlp')!.spec);
    const [low, high] = /"type":"log","domain":\[([\d.]+),([\d.]+)\]/.exec(drawn)!.slice(1).map(Number);
    expect(low).toBeLessThan(0.9);
    expect(high).toBeGreaterThan(110);
  });

  it('are none of what never happens', () => {
    const [group] = dive.groups;
    const still = { ...group, overall: { ...group.overall, count: 0 } as GroupDive['overall'], course: [] };
    expect(deepDiveFigures({ ...dive, groups: [still] }).size).toBe(0);
  });
});
