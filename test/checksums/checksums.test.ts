import { describe, expect, it } from 'vitest';
import { crc32, crc32Between, crcDigits } from '../../src/checksums/crc.ts';
import { hmacSha256, RunningSha256, sha256 } from '../../src/checksums/digest.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('CRC-32', () => {
  it('has the check value of the standard, for text and for bytes', () => {
    expect(crcDigits(crc32('123456789'))).toBe('cbf43926');
    expect(crc32(bytesOf('123456789'))).toBe(0xcbf43926);
    expect(crc32('é')).toBe(crc32(bytesOf('é')));
  });

  it('goes on from what came before', () => {
    expect(crc32('456789', crc32('123'))).toBe(crc32('123456789'));
  });

  it('is that of a part of bytes, short or long', () => {
    const bytes = Uint8Array.from({ length: 1500 }, (_, i) => (i * i * 31) >>> 3);
    for (const length of [0, 1, 7, 8, 9, 100, 511, 512, 513, 1400]) {
      for (const seed of [0, 1, 0xcbf43926, 0xffffffff]) {
        expect(crc32Between(bytes, 3, 3 + length, seed)).toBe(crc32(bytes.subarray(3, 3 + length), seed));
      }
    }
  });

  it('is written with eight digits', () => {
    expect(crcDigits(0x2a)).toBe('0000002a');
  });
});

describe('SHA-256', () => {
  it('has the values of FIPS 180-4, of one part or several', () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(sha256(bytesOf('abc'))).toBe(abc);
    expect(sha256(bytesOf('a'), bytesOf(''), bytesOf('bc'))).toBe(abc);
    expect(sha256()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('tells the digest so far, and goes on', () => {
    const running = new RunningSha256();
    running.update(bytesOf('ab'));
    expect(running.digest()).toBe(sha256(bytesOf('ab')));
    running.update(bytesOf('c'));
    expect(running.digest()).toBe(sha256(bytesOf('abc')));
  });
});

describe('HMAC with SHA-256', () => {
  it('has the value of test case 2 of RFC 4231', () => {
    expect(hmacSha256(bytesOf('Jefe'), bytesOf('what do ya want for nothing?'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});
