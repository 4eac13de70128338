import { expect, it } from 'vitest';
import { buildReport } from '../../src/report/build-report.ts';
import { exampleStudy } from './example-study.ts';

it('the sections of the report have names for those who hear it: their headings', async () => {
  const page = (await buildReport(exampleStudy())).get('index.html') as string;
  const markup = page.replace(/<script[\s\S]*?<\/script>/g, '');
  const sections = [...markup.matchAll(/<section\b[^>]*>/g)].map(([tag]) => tag);
  expect(sections.length).toBeGreaterThan(4);
  for (const tag of sections) {
    const [, id] = /aria-labelledby="([^"]+)"/.exec(tag) ?? [];
    expect(id, tag).toBeDefined();
    expect(markup, tag).toMatch(new RegExp(`<h[23][^>]* id="${id}"`));
  }
});
