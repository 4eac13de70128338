import {
  assembleModule,
  type Bytes,
  doWhile,
  type FunctionDefinition,
  f32,
  f64,
  f64Add,
  i32,
  i32Add,
  i32Constant,
  i32LessUnsigned,
  load,
  localGet,
  localSet,
  store,
  v128,
} from '../../numerics/webassembly/assembler.ts';
import { bits, f32x4, f64x2, i32x4 } from '../../numerics/webassembly/simd-instructions.ts';

/** The functions of the vector kernel, assembled. Each must give the bits of its JavaScript counterpart. */
export function kernelModule(): Uint8Array<ArrayBuffer> {
  return assembleModule([squaredNorm(), sum(), adam(), momentum(), dropoutMask()]);
}

/** Steps four elements at a time through vectors whose addresses the locals hold, until the first reaches its end. */
function forEachFour(addresses: readonly number[], end: number, body: readonly Bytes[]): Bytes {
  const advance = addresses.flatMap((local) => localSet(local, i32Add(localGet(local), i32Constant(16))));
  return doWhile([...body.flat(), ...advance], i32LessUnsigned(localGet(addresses[0]), localGet(end)));
}

function squaredNorm(): FunctionDefinition {
  const [at, end, x, low, high] = [0, 1, 2, 3, 4];
  const accumulate = (sum: number, half: Bytes): Bytes => {
    const wide = f64x2.fromLowHalf(half);
    return localSet(sum, f64x2.add(localGet(sum), f64x2.multiply(wide, wide)));
  };
  const total = f64x2.add(localGet(low), localGet(high));
  return {
    name: 'squaredNorm',
    parameters: [i32, i32],
    result: f64,
    locals: [v128, v128, v128],
    body: [
      ...forEachFour([at], end, [
        localSet(x, load(localGet(at))),
        accumulate(low, localGet(x)),
        accumulate(high, bits.upperHalf(localGet(x))),
      ]),
      ...f64Add(f64x2.lane(total, 0), f64x2.lane(total, 1)),
    ],
  };
}

const { splat, add, subtract, multiply, divide, sqrt, abs, lessThan } = f32x4;

function sum(): FunctionDefinition {
  const [at, end, other] = [0, 1, 2];
  return {
    name: 'add',
    parameters: [i32, i32, i32],
    result: null,
    locals: [],
    body: forEachFour([at, other], end, [
      store(localGet(at), add(load(localGet(at)), load(localGet(other)))),
    ]),
  };
}

/** x where |x| is not below the limit, 0 elsewhere. */
const flush = (x: number, limit: number): Bytes =>
  bits.without(localGet(x), lessThan(abs(localGet(x)), splat(localGet(limit))));

/** g · scale + penalty · p, flushed; the first lines of both optimizers. */
function effectiveGradient(
  g: number,
  from: { gradients: number; p: number; scale: number; penalty: number; tiny: number },
) {
  const scaled = multiply(load(localGet(from.gradients)), splat(localGet(from.scale)));
  const penalty = multiply(splat(localGet(from.penalty)), localGet(from.p));
  return [localSet(g, add(scaled, penalty)), localSet(g, flush(g, from.tiny))];
}

function adam(): FunctionDefinition {
  const [parameters, end, gradients, firsts, seconds, scale, penalty, shrinkage, rate] = Array(9).keys();
  const [beta1, rest1, beta2, rest2, epsilon, correction, tinyG, tinyM, p, g, m, v] = Array.from(
    { length: 12 },
    (_, i) => 9 + i,
  );
  const mix = (keep: number, old: number, fresh: Bytes): Bytes =>
    add(multiply(splat(localGet(keep)), load(localGet(old))), fresh);
  const root = add(multiply(sqrt(localGet(v)), splat(localGet(correction))), splat(localGet(epsilon)));
  const step = multiply(splat(localGet(rate)), divide(localGet(m), root));
  return {
    name: 'adam',
    parameters: [...Array(5).fill(i32), ...Array(12).fill(f32)],
    result: null,
    locals: [v128, v128, v128, v128],
    body: forEachFour([parameters, gradients, firsts, seconds], end, [
      localSet(p, load(localGet(parameters))),
      ...effectiveGradient(g, { gradients, p, scale, penalty, tiny: tinyG }),
      localSet(m, mix(beta1, firsts, multiply(splat(localGet(rest1)), localGet(g)))),
      localSet(m, flush(m, tinyM)),
      localSet(v, mix(beta2, seconds, multiply(multiply(splat(localGet(rest2)), localGet(g)), localGet(g)))),
      localSet(v, flush(v, tinyM)),
      store(localGet(firsts), localGet(m)),
      store(localGet(seconds), localGet(v)),
      store(localGet(parameters), subtract(multiply(splat(localGet(shrinkage)), localGet(p)), step)),
    ]),
  };
}

function momentum(): FunctionDefinition {
  const [parameters, end, gradients, velocities, scale, penalty, shrinkage, rate, mu, tinyG, tinyM, p, g, u] =
    Array(14).keys();
  return {
    name: 'momentum',
    parameters: [...Array(4).fill(i32), ...Array(7).fill(f32)],
    result: null,
    locals: [v128, v128, v128],
    body: forEachFour([parameters, gradients, velocities], end, [
      localSet(p, load(localGet(parameters))),
      ...effectiveGradient(g, { gradients, p, scale, penalty, tiny: tinyG }),
      localSet(u, add(multiply(splat(localGet(mu)), load(localGet(velocities))), localGet(g))),
      localSet(u, flush(u, tinyM)),
      store(localGet(velocities), localGet(u)),
      store(
        localGet(parameters),
        subtract(
          multiply(splat(localGet(shrinkage)), localGet(p)),
          multiply(splat(localGet(rate)), localGet(u)),
        ),
      ),
    ]),
  };
}

/** xoshiro128** in four lanes; each draw decides four elements by its lower and four by its upper 16 bits. */
function dropoutMask(): FunctionDefinition {
  const [at, end, threshold, value, a, b, c, d, draw, shifted] = Array(10).keys();
  const rotateLeft = (x: Bytes, count: number): Bytes =>
    bits.or(i32x4.shiftLeft(x, i32Constant(count)), i32x4.shiftRight(x, i32Constant(32 - count)));
  const times = (x: Bytes, factor: number): Bytes => i32x4.multiply(x, i32x4.splat(i32Constant(factor)));
  const mix = (target: number, source: number): Bytes =>
    localSet(target, bits.xor(localGet(target), localGet(source)));
  const kept = (halves: Bytes): Bytes =>
    bits.and(i32x4.notBelow(halves, i32x4.splat(localGet(threshold))), splat(localGet(value)));
  return {
    name: 'dropoutMask',
    parameters: [i32, i32, i32, f32],
    result: null,
    locals: Array(6).fill(v128),
    body: [
      ...[a, b, c, d].flatMap((state, i) => localSet(state, load(i32Constant(16 * i)))),
      ...forEachFour([at], end, [
        localSet(draw, times(rotateLeft(times(localGet(b), 5), 7), 9)),
        localSet(shifted, i32x4.shiftLeft(localGet(b), i32Constant(9))),
        mix(c, a),
        mix(d, b),
        mix(b, c),
        mix(a, d),
        mix(c, shifted),
        localSet(d, rotateLeft(localGet(d), 11)),
        store(localGet(at), kept(bits.and(localGet(draw), i32x4.splat(i32Constant(0xffff))))),
        localSet(at, i32Add(localGet(at), i32Constant(16))),
        store(localGet(at), kept(i32x4.shiftRight(localGet(draw), i32Constant(16)))),
      ]),
    ],
  };
}
