import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/figures/render-svg.ts';
import { exampleFigures } from '../figures/example-figures.ts';

/** What every figure keeps, a new one too: whatever file of `src/figures` makes a specification is held to it. */

const folder = join(import.meta.dirname, '../../src/figures');
// Folders in it make panels of one figure, and have tests of their own.
const kinds = readdirSync(folder, { withFileTypes: true })
  .flatMap((entry) => (entry.isFile() ? [entry.name] : []))
  .filter((file) => /^export function \w+Spec\(/m.test(readFileSync(join(folder, file), 'utf8')))
  .map((file) => file.replace(/\.ts$/, ''));
const examplesOf = (kind: string) =>
  Object.entries(exampleFigures).filter(([name]) => name === kind || name.startsWith(`${kind}-`));

/** Every title of a specification, however deep. */
function titlesOf(spec: unknown): string[] {
  if (typeof spec !== 'object' || spec === null) return [];
  return Object.entries(spec).flatMap(([key, value]) => [
    ...(key === 'title' && typeof value === 'string' ? [value] : []),
    ...(key === 'title' && typeof value?.text === 'string' ? [value.text] : []),
    ...(key === 'data' ? [] : titlesOf(value)),
  ]);
}

describe('the figures', () => {
  it('are found by the specifications that their files make', () => {
    expect(kinds.length).toBeGreaterThan(10);
  });
});

describe.each(kinds)('the figure %s', (kind) => {
  it('has an example in test/figures/example-figures.ts, and with it a golden SVG', () => {
    expect(examplesOf(kind)).not.toEqual([]);
  });

  it('is plain data with a title, and draws the same again: no undefined, no NaN, no other text than a font draws', async () => {
    for (const [name, spec] of examplesOf(kind)) {
      expect(JSON.parse(JSON.stringify(spec)), name).toEqual(spec);
      expect(titlesOf(spec).length, name).toBeGreaterThan(0);
      const svg = await renderSvg(spec);
      expect(svg, name).not.toMatch(/NaN|undefined|Infinity|\[object/);
      expect(await renderSvg(spec), name).toBe(svg);
      // Axes say what they measure: at least one has a title of its own.
      expect(svg, name).toMatch(/role-axis-title|role-legend-title|role-header-title|role-title/);
    }
  });

  it('carries its data with it and asks for none', () => {
    for (const [name, spec] of examplesOf(kind)) {
      expect(JSON.stringify(spec), name).not.toMatch(/"url":"(?!data:)/);
    }
  });
});
