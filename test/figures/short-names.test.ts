import { expect, it } from 'vitest';
import { shortNames } from '../../src/figures/short-names.ts';

it('shortens names of layers from the left, and never so far that two become one', () => {
  expect(shortNames(['network.0', 'fc'])).toEqual(['network.0', 'fc']);
  expect(shortNames(['transformer.layers.0.linear1', 'transformer.layers.1.linear1', 'fc'])).toEqual([
    '…layers.0.linear1',
    '…layers.1.linear1',
    'fc',
  ]);
  const twins = shortNames(['encoder.some_very_long_part.linear1', 'decoder.some_very_long_part.linear1']);
  expect(twins).toEqual(['encoder.some_very_long_part.linear1', 'decoder.some_very_long_part.linear1']);
  const deep = shortNames(['a.b.transformer.layers.0.linear1', 'c.d.transformer.layers.0.linear1']);
  expect(new Set(deep).size).toBe(2);
  expect(
    shortNames(['same.long_long_long.name.of_a_layer', 'same.long_long_long.name.of_a_layer']),
  ).toHaveLength(2);
});
