import { describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/report/build-report.ts';
import { exampleStudy } from '../example-study.ts';
import { exampleInside } from './example-inside.ts';

const reportWith = (...steps: number[]) => buildReport({ ...exampleStudy(), inside: [exampleInside(steps)] });

describe('the checkpoints in the report', () => {
  it('are drawn one by one beside the first, and shown with a slider', async () => {
    const files = await reportWith(0, 10, 90);
    const drawn = [...files.keys()].filter((path) => path.startsWith('figures/inside/'));
    const run = 'figures/inside/mlp_digits';
    expect(drawn.sort()).toEqual(
      [
        ...['attention-attn', 'filters-conv.weight', 'selectivity'].flatMap((name) =>
          [0, 10, 90].map((step) => `${run}-${name}-step-${step}.svg`),
        ),
        ...[`${run}-similarity.svg`, `${run}-ablation.svg`],
      ].sort(),
    );
    const page = files.get('index.html') as string;
    expect(page).toContain('Inside the checkpoints</h2>');
    expect(page.match(/<input type="range" min="0" max="2" value="2" step="1">/g)).toHaveLength(3);
    expect(page.match(/<div class="frame" data-step="90">/g)).toHaveLength(3);
    expect(page.match(/<div class="frame" data-step="10" hidden>/g)).toHaveLength(3);
    // Every picture says in words what it shows.
    expect(page).toMatch(
      /alt="mlp_digits: What the heads of attn look at, step 10\. Attention probabilities/,
    );
    expect(page).not.toContain('<img src=x');
    const filters = files.get(`${run}-filters-conv.weight-step-90.svg`) as string;
    expect(filters).toMatch(/step 0[\s\S]*step 90/);
  });

  it('are told by one alone: no similarity over training', async () => {
    const files = await reportWith(5);
    expect([...files.keys()].filter((path) => path.includes('similarity'))).toEqual([]);
    expect(files.has('figures/inside/mlp_digits-selectivity-step-5.svg')).toBe(true);
  });

  it('have no section where there are none', async () => {
    const page = (await buildReport(exampleStudy())).get('index.html') as string;
    expect(page).not.toContain('Inside the checkpoints');
  });
});
