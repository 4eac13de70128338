import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareStudies } from '../../src/findings/comparison/compare-studies.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { buildComparison } from '../../src/report/comparison-page.ts';
import { weightsPage } from '../../src/report/weights-page.ts';
import { weightsTable } from '../../src/weights/weights-table.ts';
import { accessibilityFaults } from '../accessibility.ts';
import { chromiumHere, launchChromium } from '../chromium.ts';
import { simulatedStudy } from '../findings/comparison/simulated-study.ts';
import { describeWith } from '../requirements.ts';

const tool = { name: 'rankscope', version: '0.0.0' };
const path = 'my-study/checkpoints/a_network_with_a_long_name_learningRate0.001_seed0/step_00000.safetensors';

describeWith(chromiumHere, 'pages without a script, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const pages: Readonly<Record<string, () => Promise<string>>> = {
    comparison: async () => {
      const random = createRandom('page');
      const plan = { seeds: 3, layers: 2 };
      const sides = [simulatedStudy(path, plan, random), simulatedStudy('b', { ...plan, shift: 3 }, random)];
      return (await buildComparison(compareStudies(sides[0], sides[1]), tool)).get('index.html') as string;
    },
    weights: async () => {
      const { columns } = weightsTable([]);
      const row = columns.map(({ name, type }) =>
        name === 'checkpoint' ? path : type === 'text' ? 'fc.weight' : 1234.5,
      );
      const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 590 200"></svg>';
      const figures = [{ caption: `Eigenvalues of the weight matrices of ${path}.`, svg }];
      return weightsPage({
        title: 'Weights',
        tool,
        table: { ...weightsTable([]), rows: [row] as never },
        figures,
        notes: [`${path}: 12 tensors left out.`],
      });
    },
  };

  it.each(Object.keys(pages))(
    'can be used by everybody and fit a phone: %s',
    async (name) => {
      const context = await browser.newContext({ viewport: { width: 390, height: 800 }, bypassCSP: true });
      const page = await context.newPage();
      await page.setContent(await pages[name]());
      expect(await accessibilityFaults(page)).toEqual([]);
      // Tables scroll within themselves; the page does not.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await context.close();
    },
    30_000,
  );
});
