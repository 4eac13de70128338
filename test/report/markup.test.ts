import { describe, expect, it } from 'vitest';
import { html, trusted } from '../../src/report/markup.ts';

describe('html', () => {
  it('escapes what is put into text and into quoted attributes', () => {
    const name = `<b title="x" class='y'>&`;
    expect(html`<td title="${name}">${name}</td>`.text).toBe(
      '<td title="&lt;b title=&quot;x&quot; class=&#39;y&#39;&gt;&amp;">&lt;b title=&quot;x&quot; class=&#39;y&#39;&gt;&amp;</td>',
    );
  });

  it('takes markup, lists and numbers as they are, and writes nothing for null', () => {
    const items = ['a', '<'].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${null}${undefined}${3}${trusted('<hr>')}`.text).toBe(
      '<ul><li>a</li><li>&lt;</li></ul>3<hr>',
    );
  });
});
