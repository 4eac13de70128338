import { describe, expect, it } from 'vitest';
import {
  assembleModule,
  f64,
  f64Add,
  i32,
  i32Add,
  i32Constant,
  i32LessUnsigned,
  load,
  localGet,
  localSet,
  signed,
  unsigned,
  whileDo,
} from '../../../src/numerics/webassembly/assembler.ts';
import { instantiate } from '../../../src/numerics/webassembly/instantiate.ts';
import { f64x2 } from '../../../src/numerics/webassembly/simd-instructions.ts';

describe('LEB128', () => {
  it('encodes the worked examples of DWARF 4 and of the Wikipedia article', () => {
    expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(signed(-123456)).toEqual([0xc0, 0xbb, 0x78]);
    expect([2, 127, 128, 129].map(unsigned)).toEqual([[2], [127], [0x80, 1], [0x81, 1]]);
    expect([2, -2, 127, -127, 128, -128].map(signed)).toEqual([
      [2],
      [0x7e],
      [0xff, 0],
      [0x81, 0x7f],
      [0x80, 1],
      [0x80, 0x7f],
    ]);
  });
});

describe('a module', () => {
  it('runs what it says', () => {
    const module = assembleModule([
      {
        name: 'addThousand',
        parameters: [i32],
        result: i32,
        locals: [],
        body: i32Add(localGet(0), i32Constant(1000)),
      },
      {
        name: 'sumOfTwo',
        parameters: [i32],
        result: f64,
        locals: [],
        body: f64Add(f64x2.lane(load(localGet(0)), 0), f64x2.lane(load(localGet(0)), 1)),
      },
      {
        name: 'countTo',
        parameters: [i32],
        result: i32,
        locals: [i32],
        body: [
          ...whileDo(
            i32LessUnsigned(localGet(1), localGet(0)),
            localSet(1, i32Add(localGet(1), i32Constant(1))),
          ),
          ...localGet(1),
        ],
      },
    ]);
    const { memory, exports } = instantiate<Record<string, (x: number) => number>>(module, 100);
    expect(exports.addThousand(-1)).toBe(999);
    new Float64Array(memory).set([0, 0, 1.5, 0.25]);
    expect(exports.sumOfTwo(16)).toBe(1.75);
    expect([0, 1, 7].map(exports.countTo)).toEqual([0, 1, 7]);
  });
});
