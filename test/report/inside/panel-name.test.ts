import { describe, expect, it } from 'vitest';
import { panelName } from '../../../src/report/inside/panel-name.ts';

describe('the name of a layer above a panel', () => {
  it.each([
    ['conv_layers.0', 'conv_layers.0'],
    ['transformer.layers.1.linear1', '…1.linear1'],
    ['transformer.layers.0.self_attn.out_proj', '0…out_proj'],
    ['transformer.layers.1.self_attn.out_proj', '1…out_proj'],
    ['encoder.a_projection', '…a_projection'],
    ['an_embedding_without_parts', '…g_without_parts'],
  ])('of %s is %s', (name, short) => expect(panelName(name, 16)).toBe(short));

  it('is never longer than asked for', () => {
    for (const name of ['a.b.c.d.e.f.g.h.i', 'x'.repeat(40), `1.${'y'.repeat(40)}`, 'a..b.'.repeat(9)])
      expect(panelName(name, 12).length).toBeLessThanOrEqual(12);
  });
});
