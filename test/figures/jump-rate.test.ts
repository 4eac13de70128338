import { expect, it } from 'vitest';
import { groupsBetween, jumpRateSpec } from '../../src/figures/jump-rate.ts';

const rate = (by: string, group: string, per1000: number) => ({
  ...{ by, group, runs: 2, layers: 8 },
  rate: {
    determined: true as const,
    ...{ count: 4, layerSteps: 4000, per1000, interval: [per1000 / 2, 2 * per1000] as const },
  },
});

function panels(rates: readonly ReturnType<typeof rate>[]) {
  const { vconcat } = jumpRateSpec({ title: 'Rates', confidence: 0.95, rates: [...rates] }) as unknown as {
    vconcat: { title: { text: string }; data: { values: { group: string }[] } }[];
  };
  return vconcat.map(({ title, data }) => [title.text, ...data.values.map(({ group }) => group)]);
}

it('shows the rates by family, by architecture and by every factor, its levels in their order', () => {
  const rates = [
    rate('family', 'mlp', 1),
    rate('architecture', 'narrow', 1),
    rate('architecture', 'wide', 2),
    rate('batchSize', '64', 3),
    rate('batchSize', '8', 1),
    rate('batchSize', '16', 2),
  ];
  expect(panels(rates)).toEqual([
    ['By family', 'mlp'],
    ['By architecture', 'wide', 'narrow'],
    ['By batchSize', '8', '16', '64'],
  ]);
});

it('shows of more than 40 groups of a kind the twelve highest and the twelve lowest, and says between which rates the others lie', () => {
  const networks = (count: number) =>
    Array.from({ length: count }, (_, i) => rate('architecture', `net${i}`, 1 + i / 10));
  expect(panels(networks(40))).toHaveLength(1);
  expect(groupsBetween(networks(40))).toEqual([]);
  const many = [rate('family', 'mlp', 3), ...networks(50)];
  const [families, highest, lowest] = panels(many);
  expect(families).toEqual(['By family', 'mlp']);
  expect(highest.slice(0, 2)).toEqual(['By architecture: the 12 highest rates of 50', 'net49']);
  expect(highest.at(-1)).toBe('net38');
  expect(lowest.slice(0, 2)).toEqual(['By architecture: the 12 lowest rates of 50', 'net11']);
  expect(lowest.at(-1)).toBe('net0');
  expect(groupsBetween(many)).toEqual([
    { by: 'architecture', all: 50, atEachEnd: 12, between: [1 + 12 / 10, 1 + 37 / 10] },
  ]);
});

it('says beside each rate of how many jumps and layers it is, thousands grouped', () => {
  const rates = [
    { ...rate('family', 'mlp', 1), layers: 9600 },
    { ...rate('family', 'cnn', 2), layers: 1 },
  ];
  const { vconcat } = jumpRateSpec({ title: 'Rates', confidence: 0.95, rates }) as unknown as {
    vconcat: { data: { values: { note: string }[] } }[];
  };
  expect(vconcat[0].data.values.map(({ note }) => note)).toEqual(['4 in 1 layer', '4 in 9,600 layers']);
});
