import { expect, it } from 'vitest';
import { jumpRateSpec } from '../../src/figures/jump-rate.ts';

it('shows the rates by family, by architecture and by every factor, its levels in their order', () => {
  const rate = (by: string, group: string, per1000: number) => ({
    ...{ by, group, runs: 2, layers: 8 },
    rate: {
      determined: true as const,
      ...{ count: 4, layerSteps: 4000, per1000, interval: [per1000 / 2, 2 * per1000] as const },
    },
  });
  const rates = [
    rate('family', 'mlp', 1),
    rate('architecture', 'narrow', 1),
    rate('architecture', 'wide', 2),
    rate('batchSize', '64', 3),
    rate('batchSize', '8', 1),
    rate('batchSize', '16', 2),
  ];
  const { vconcat } = jumpRateSpec({ title: 'Rates', confidence: 0.95, rates: [...rates] }) as unknown as {
    vconcat: { title: { text: string }; data: { values: { group: string }[] } }[];
  };
  expect(vconcat.map(({ title, data }) => [title.text, ...data.values.map(({ group }) => group)])).toEqual([
    ['By family', 'mlp'],
    ['By architecture', 'wide', 'narrow'],
    ['By batchSize', '8', '16', '64'],
  ]);
});
