import { describe, expect, it } from 'vitest';
import { matrixPanelsSpec } from '../../src/figures/matrix-panels.ts';
import { renderSvg } from '../../src/figures/render-svg.ts';

const panels = (columns: number, cell: number) =>
  matrixPanelsSpec({
    title: 'Attention',
    rows: [
      {
        title: 'step 0',
        panels: [{ title: 'head 0', values: new Float64Array(2 * columns), rows: 2, columns }],
      },
    ],
    x: { title: 'Key' },
    y: { title: 'Query' },
    color: { title: 'Probability', domain: [0, 1], scheme: 'viridis' },
    cell: [cell, cell],
  });

/** The labels of the horizontal axis, and where they stand, in cells from the left. */
async function labelPlaces(columns: number, cell: number): Promise<[string, number][]> {
  const svg = await renderSvg(panels(columns, cell));
  const texts = [
    ...svg.matchAll(/<text text-anchor="(\w+)" transform="translate\(([-\d.]+),([-\d.]+)\)"[^>]*>(\d+)</g),
  ];
  return texts.filter(([, anchor]) => anchor !== 'end').map(([, , x, , label]) => [label, Number(x) / cell]);
}

describe('matrices in panels', () => {
  it('have every label at the middle of its column', async () => {
    expect(await labelPlaces(4, 20)).toEqual([
      ['0', 0.5],
      ['1', 1.5],
      ['2', 2.5],
      ['3', 3.5],
    ]);
  });

  it('leave out labels evenly where cells are narrow', async () => {
    const labels = (await labelPlaces(30, 4)).map(([label]) => label);
    expect(labels).toEqual(['0', '5', '10', '15', '20', '25']);
  });
});
