import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/checkpoints/safetensors.ts';
import { checkSeal, sealSafetensors } from '../../src/checkpoints/sealed-safetensors.ts';
import type { Tensor } from '../../src/checkpoints/tensor.ts';

const tensors = new Map<string, Tensor>([
  ['weight', { dtype: 'F32', shape: [2, 2], data: Float32Array.of(1, -2, 0.5, 1e-30) }],
  ['bias', { dtype: 'F32', shape: [2], data: Float32Array.of(3, 4) }],
]);
const sealed = sealSafetensors(tensors, { format: 'test', step: '7' });
const check = (bytes: Uint8Array): boolean =>
  checkSeal(bytes, readSafetensors(bytes, 'a.safetensors').metadata, 'a.safetensors');

describe('a safetensors file with its own digest', () => {
  it('reads as any other', () => {
    const { metadata, tensors: read } = readSafetensors(sealed);
    expect(metadata).toMatchObject({ format: 'test', step: '7' });
    expect(read).toEqual(tensors);
    expect(check(sealed)).toBe(true);
  });

  it('has the SHA-256 of itself with zeros for the digest, as anyone can compute', () => {
    const { sha256 } = readSafetensors(sealed).metadata;
    const blanked = Buffer.from(
      Buffer.from(sealed).toString('latin1').replace(sha256, '0'.repeat(64)),
      'latin1',
    );
    expect(createHash('sha256').update(blanked).digest('hex')).toBe(sha256);
  });

  it('is the same for the same tensors and metadata', () => {
    const reversed = new Map([...tensors].reverse());
    expect(sealSafetensors(reversed, { step: '7', format: 'test' })).toEqual(sealed);
  });

  it('is refused, or said to have no digest, with any bit changed', () => {
    for (let bit = 0; bit < 8 * sealed.length; bit++) {
      const changed = sealed.slice();
      changed[bit >> 3] ^= 1 << (bit & 7);
      let isSealed = false;
      try {
        isSealed = check(changed);
      } catch (error) {
        expect(error).toMatchObject({ name: 'InputError' });
      }
      expect(isSealed).toBe(false);
    }
  });

  it('names the file and the digest', () => {
    const changed = sealed.slice();
    changed[changed.length - 1] ^= 1;
    expect(() => check(changed)).toThrow(
      /^a\.safetensors: __metadata__\.sha256 is "[0-9a-f]{64}"; allowed: the digest of the file: it is damaged$/,
    );
  });

  it('is told from one without a digest', () => {
    expect(checkSeal(sealed, {}, 'a')).toBe(false);
    expect(() => checkSeal(sealed, { sha256: 'none' }, 'a')).toThrow(/allowed: the digest of the file/);
  });
});
