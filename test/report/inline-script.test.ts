import { describe, expect, it } from 'vitest';
import { jsonBlock, scriptBlock } from '../../src/report/inline-script.ts';

const inside = (markup: string): string =>
  markup.slice(markup.indexOf('>') + 1, markup.lastIndexOf('</script>'));

describe('data and programs in a page', () => {
  it('cannot be ended by the data, which read back unchanged', () => {
    const data = { name: '</script><script>alert(1)</script><!--', list: [1, 'x'] };
    const block = inside(jsonBlock('data', data).text);
    expect(block).not.toMatch(/<\/script|<!--/i);
    expect(JSON.parse(block)).toEqual(data);
  });

  it('write numbers that are not finite as null', () => {
    expect(JSON.parse(inside(jsonBlock('data', [Number.NaN, Number.POSITIVE_INFINITY, 2]).text))).toEqual([
      null,
      null,
      2,
    ]);
  });

  it('keep the meaning of a program that mentions the end of a script', () => {
    const block = inside(scriptBlock(`return ['</script>', '</SCRIPT >', '<!--'];`).text);
    expect(block).not.toMatch(/<\/script|<!--/i);
    expect(new Function(block)()).toEqual(['</script>', '</SCRIPT >', '<!--']);
  });
});
