import { crc32Between, crcDigits } from '../../checksums/crc.ts';
import type { LineBytes } from './line-bytes.ts';

/** How a record of a log ends: its number, counted from 1, and the checksum of all that stands before it on its line. */
export interface Seal {
  readonly number: number;
  readonly crc: number;
  /** Whether the checksum is that of the line. */
  readonly holds: boolean;
}

/** Bytes of `,"crc":"89abcdef"}`. */
const sealBytes = 18;
const [comma, quote, brace, zero] = [...',"}0'].map((character) => character.charCodeAt(0));
const crcKey = '"crc":"';
const numberKey = ',"n":';
const [beforeNumber, beforeCrc, afterCrc] = [numberKey, `,${crcKey}`, '"}\n'].map((text) =>
  new TextEncoder().encode(text),
);
/** Digits of the largest number of records that is counted exactly. */
const mostDigits = 16;

/**
 * Seals the record that a line ends in, and ends the line, which stays JSON: `{"step":0,…}` becomes
 * `{"step":0,…,"n":2,"crc":"89abcdef"}`.
 *
 * The checksum is the CRC-32 of the line's UTF-8 bytes up to, not including, the comma before `"crc"`. It starts from
 * that of the header (the header's own from 0), which binds a record to its run: one of another run does not fit.
 *
 * @param line ends in JSON of an object that is not empty.
 * @param start where the record begins in it.
 * @param seed the header's checksum; 0 for the header itself.
 * @returns the checksum.
 */
export function sealRecord(line: LineBytes, start: number, number: number, seed: number): number {
  line.dropLast();
  line.put(beforeNumber);
  line.number(number);
  const crc = line.crc(start, seed);
  line.put(beforeCrc);
  line.text(crcDigits(crc));
  line.put(afterCrc);
  return crc;
}

/** The seal at the end of a line (without its line end), or null if it does not end in one. */
export function readSeal(line: Uint8Array, seed: number): Seal | null {
  const end = line.length - sealBytes;
  if (end < numberKey.length + 1 || line[end] !== comma || !hasText(line, end + 1, crcKey)) return null;
  const digits = end + 1 + crcKey.length;
  if (line[digits + 8] !== quote || line[digits + 9] !== brace) return null;
  const crc = hexadecimal(line, digits);
  const number = numberBefore(line, end);
  if (crc === null || number === null) return null;
  return { number, crc, holds: crc32Between(line, 0, end, seed) === crc };
}

/** Where the seal of a line that has one begins. */
export function sealStart(line: Uint8Array): number {
  return numberStart(line, line.length - sealBytes) - numberKey.length;
}

/** The number that ends at `end`, with its key before it. */
function numberBefore(line: Uint8Array, end: number): number | null {
  const start = numberStart(line, end);
  if (start === end || !hasText(line, start - numberKey.length, numberKey)) return null;
  // No number of JSON, and records are counted from 1.
  if (line[start] === zero) return null;
  return Number(String.fromCharCode(...line.subarray(start, end)));
}

function numberStart(line: Uint8Array, end: number): number {
  let start = end;
  while (end - start < mostDigits && isDigit(line[start - 1])) start--;
  return start;
}

function hexadecimal(line: Uint8Array, start: number): number | null {
  let value = 0;
  for (let i = start; i < start + 8; i++) {
    const code = line[i];
    const digit = isDigit(code) ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
    if (digit < 0) return null;
    value = value * 16 + digit;
  }
  return value;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether the bytes from `start` on are this ASCII text. */
export function hasText(bytes: Uint8Array, start: number, text: string): boolean {
  if (start < 0 || start + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text.charCodeAt(i)) return false;
  return true;
}
