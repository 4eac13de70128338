import { expect, it } from 'vitest';
import { happenedContent } from '../../src/report/happened-section.ts';

const account = (n: number) => ({
  title: `net${n}`,
  runs: [`net${n}-a`, `net${n}-b`],
  headline: `all layers of ${n} fall`,
  layers: [{ layer: `fc${n}`, does: 'falls', stable: null }],
});

it('of more than a dozen networks the page says the headline, folded, and leaves the layers to the files', () => {
  const overSeeds = Array.from({ length: 14 }, (_, n) => account(n));
  const what = { overSeeds, perRun: [], held: [] } as unknown as Parameters<typeof happenedContent>[0];
  const { text } = happenedContent(what, null, []);
  expect(text.match(/Layer by layer<\/summary>/g)).toHaveLength(12);
  expect(text).toContain('fc11');
  expect(text).not.toContain('fc12');
  expect(text).toContain('<summary>2 more</summary>');
  expect(text).toContain('<li><strong>net13</strong>: All layers of 13 fall.</li>');
});
