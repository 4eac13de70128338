import { describe, expect, it } from 'vitest';
import { html, trusted, withCode } from '../../src/report/markup.ts';

it('sets what is to be typed as code, and nothing as markup', () => {
  expect(html`<p>${withCode('Take `every: 1`, not `<b>`.')}</p>`.text).toBe(
    '<p>Take <code>every: 1</code>, not <code>&lt;b&gt;</code>.</p>',
  );
});

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
