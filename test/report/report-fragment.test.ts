import { describe, expect, it } from 'vitest';
import { reportFragment } from '../../src/report/report-fragment.ts';
import { exampleStudy } from './example-study.ts';

describe('the report as a piece of another page', async () => {
  const fragment = await reportFragment(exampleStudy());

  it('is one element with sentences and figures, and no page of its own', () => {
    expect(fragment).toMatch(/^<div class="rankscope-report"/);
    expect(fragment.trimEnd()).toMatch(/<\/div>$/);
    expect(fragment).not.toMatch(/<(?:!doctype|html|head|body|title|meta|link)\b/i);
    expect(fragment).toContain('Layer by layer');
    expect(fragment.match(/<img alt="[^"]{20,}"/g)!.length).toBeGreaterThan(2);
    const opened = fragment.match(/<div\b/g)!.length;
    expect(fragment.match(/<\/div>/g)).toHaveLength(opened);
  });

  it('has a style that reaches nothing outside it, and no id that another piece could have too', () => {
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(fragment)!;
    // One rule with all others nested in it.
    expect(style.trim()).toMatch(/^\.rankscope-report \{[\s\S]*\}$/);
    let depth = 0;
    for (const [i, sign] of [...style.trim()].entries()) {
      if (sign === '{') depth++;
      if (sign === '}') depth--;
      if (depth === 0 && i > style.indexOf('{')) expect(i).toBe(style.trim().length - 1);
    }
    expect(style).not.toMatch(/@import|url\(|:root|\bbody\b|\bhtml\b/);
    expect(fragment).not.toMatch(/ id="/);
    expect(fragment).not.toMatch(/ style="/);
  });

  it('runs nothing and asks for nothing, whatever names say', () => {
    expect(fragment).not.toMatch(/<script|<img src=x| on\w+="/i);
    const addresses = [...fragment.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.every((address) => address.startsWith('data:image/svg+xml'))).toBe(true);
  });
});
