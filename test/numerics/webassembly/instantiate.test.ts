import { expect, it } from 'vitest';
import { instantiate } from '../../../src/numerics/webassembly/instantiate.ts';

/** (module (import "env" "memory" (memory 0)) (func (export "first") (result i32) (i32.load (i32.const 0)))) */
const module = 'AGFzbQEAAAABBQFgAAF/Ag8BA2VudgZtZW1vcnkCAAADAgEABwkBBWZpcnN0AAAKCQEHAEEAKAIACw==';

it('runs a module as often as asked for, each with a memory of its own', () => {
  const [a, b] = [100, 65537].map((bytes) => instantiate<{ first(): number }>(module, bytes));
  expect([a.memory.byteLength, b.memory.byteLength]).toEqual([65536, 131072]);
  new Int32Array(a.memory)[0] = 7;
  new Int32Array(b.memory)[0] = -1;
  expect([a.exports.first(), b.exports.first()]).toEqual([7, -1]);
});

it('throws a RangeError for a memory that cannot be had', () => {
  expect(() => instantiate(module, 2 ** 40)).toThrow(RangeError);
});
