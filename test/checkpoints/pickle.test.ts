import { describe, expect, it } from 'vitest';
import { type PickleHost, readPickle } from '../../src/checkpoints/pickle.ts';
import { InputError } from '../../src/errors/input-error.ts';

const host: PickleHost = {
  call: (path, args) => ({ path, args }),
  persistent: (id) => ({ id }),
};

/**
 * Written by Python 3: s = ['x']; pickle.dumps({'numbers': [1, -2, 300, 70000, 2**40, -2**70, 0, 1.5, -0.25], 'none': None,
 * 'yes': True, 'no': False, 'text': 'é' * 3, 'long': 'a' * 300, 'tuples': [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)],
 * 'shared': [s, s], 7: {}}, protocol).
 */
const written: [number, string][] = [
  [
    2,
    'gAJ9cQAoWAcAAABudW1iZXJzcQFdcQIoSwFK/v///00sAUpwEQEAigYAAAAAAAGKCQAAAAAAAAAAwEsARz/4AAAAAAAAR7/QAAAAAAAAZVgEAAAAbm9uZXEDTlgDAAAAeWVzcQSIWAIAAABub3EFiVgEAAAAdGV4dHEGWAYAAADDqcOpw6lxB1gEAAAAbG9uZ3EIWCwBAABhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFxCVgGAAAAdHVwbGVzcQpdcQsoKUsBhXEMSwFLAoZxDUsBSwJLA4dxDihLAUsCSwNLBHRxD2VYBgAAAHNoYXJlZHEQXXERKF1xElgBAAAAeHETYWgSZUsHfXEUdS4=',
  ],
  [
    3,
    'gAN9cQAoWAcAAABudW1iZXJzcQFdcQIoSwFK/v///00sAUpwEQEAigYAAAAAAAGKCQAAAAAAAAAAwEsARz/4AAAAAAAAR7/QAAAAAAAAZVgEAAAAbm9uZXEDTlgDAAAAeWVzcQSIWAIAAABub3EFiVgEAAAAdGV4dHEGWAYAAADDqcOpw6lxB1gEAAAAbG9uZ3EIWCwBAABhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFxCVgGAAAAdHVwbGVzcQpdcQsoKUsBhXEMSwFLAoZxDUsBSwJLA4dxDihLAUsCSwNLBHRxD2VYBgAAAHNoYXJlZHEQXXERKF1xElgBAAAAeHETYWgSZUsHfXEUdS4=',
  ],
  [
    4,
    'gASV7AEAAAAAAAB9lCiMB251bWJlcnOUXZQoSwFK/v///00sAUpwEQEAigYAAAAAAAGKCQAAAAAAAAAAwEsARz/4AAAAAAAAR7/QAAAAAAAAZYwEbm9uZZROjAN5ZXOUiIwCbm+UiYwEdGV4dJSMBsOpw6nDqZSMBGxvbmeUWCwBAABhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWGUjAZ0dXBsZXOUXZQoKUsBhZRLAUsChpRLAUsCSwOHlChLAUsCSwNLBHSUZYwGc2hhcmVklF2UKF2UjAF4lGFoEmVLB32UdS4=',
  ],
  [
    5,
    'gAWV7AEAAAAAAAB9lCiMB251bWJlcnOUXZQoSwFK/v///00sAUpwEQEAigYAAAAAAAGKCQAAAAAAAAAAwEsARz/4AAAAAAAAR7/QAAAAAAAAZYwEbm9uZZROjAN5ZXOUiIwCbm+UiYwEdGV4dJSMBsOpw6nDqZSMBGxvbmeUWCwBAABhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWGUjAZ0dXBsZXOUXZQoKUsBhZRLAUsChpRLAUsCSwOHlChLAUsCSwNLBHSUZYwGc2hhcmVklF2UKF2UjAF4lGFoEmVLB32UdS4=',
  ],
];

describe('readPickle', () => {
  it.each(written)('reads plain data of protocol %i', (_, base64) => {
    const value = readPickle(Buffer.from(base64, 'base64'), host);
    expect(value).toEqual(
      new Map<unknown, unknown>([
        ['numbers', [1, -2, 300, 70_000, 2 ** 40, -(2n ** 70n), 0, 1.5, -0.25]],
        ['none', null],
        ['yes', true],
        ['no', false],
        ['text', 'ééé'],
        ['long', 'a'.repeat(300)],
        ['tuples', [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 4]]],
        ['shared', [['x'], ['x']]],
        [7, new Map()],
      ]),
    );
    const [first, second] = (value as Map<string, unknown[]>).get('shared')!;
    expect(first).toBe(second);
  });

  it('hands calls and persistent ids to its host, and nothing else', () => {
    // pickletools: GLOBAL 'os system', BINUNICODE 'ls', TUPLE1, REDUCE; then BINPERSID of 5.
    const call = Buffer.from('\x80\x02cos\nsystem\nX\x02\0\0\0ls\x85R.', 'latin1');
    expect(readPickle(call, host)).toEqual({ path: 'os.system', args: ['ls'] });
    expect(readPickle(Uint8Array.of(0x4b, 5, 0x51, 0x2e), host)).toEqual({ id: 5 });
  });

  it('refuses an instruction that plain data do not need, and names the file', () => {
    const inst = new TextEncoder().encode('(ios\nsystem\n.');
    expect(() => readPickle(inst, { ...host, file: 'x.pt' })).toThrow(InputError);
    expect(() => readPickle(inst, { ...host, file: 'x.pt' })).toThrow(
      /^x\.pt: pickle, instruction at byte 1 is "0x69"/,
    );
  });

  it('refuses a pickle without an end', () => {
    expect(() => readPickle(Uint8Array.of(0x4e), host)).toThrow(/byte 1 is "the end"/);
  });

  /** An instruction, or several, as bytes. */
  const program = (...parts: readonly (string | number)[]): Uint8Array =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part)] : [part])));
  const repeated = (times: number, ...parts: readonly (string | number)[]) =>
    Array.from({ length: times }, () => parts).flat();

  it('makes names of two texts only: of lists in lists they would double without end', () => {
    // Each memo holds a list of the one before, twice: 200 bytes, whose text would have 2^60 characters.
    const lists = Array.from({ length: 60 }, (_, i) => [']', '(', 'h', i, 'h', i, 'e', 'q', i + 1]).flat();
    const doubling = program(']', 'q', 0, ...lists, 'X', 1, 0, 0, 0, 'x', 0x93, '.');
    expect(() => readPickle(doubling, host)).toThrow(
      /pickle, name is .*; allowed: a module and a name in it/,
    );
    const nested = program('X', 1, 0, 0, 0, 'm', 'X', 1, 0, 0, 0, 'n', 0x93, 'X', 1, 0, 0, 0, 'x', 0x93, '.');
    expect(() => readPickle(nested, host)).toThrow(InputError);
    expect(() => readPickle(program('c', 'm'.repeat(300), '\n', 'n\n.'), host)).toThrow(
      /at most 256 characters/,
    );
  });

  // A byte of each takes 16 to 256 bytes of memory; so many are allowed as a megabyte holds.
  it.each([
    ['dicts', '}'],
    ['lists', ']'],
    ['marks', '('],
    ['copies of the top', '2'],
    ['memos', '\u0094'],
  ])('takes no more memory than its size warrants: %s', (_, instruction) => {
    const many = (times: number) => Buffer.from(`N${instruction.repeat(times)}N.`, 'latin1');
    expect(readPickle(many(1000), host)).toBeNull();
    expect(() => readPickle(many(400_000), host)).toThrow(
      /^pickle is "\d+ bytes of memory in all"; allowed: at most \d+, for 400003 bytes of content$/,
    );
  });

  it('reads an integer of a kilobyte, and refuses a longer one', () => {
    const integer = (length: number) =>
      program(0x8b, length & 255, length >> 8, 0, 0, ...repeated(length, 1), '.');
    expect(readPickle(integer(1024), host)).toBe(BigInt(`0x${'01'.repeat(1024)}`));
    expect(() => readPickle(integer(1025), host)).toThrow(
      /integer at byte 5 is "1025 bytes"; allowed: at most 1024/,
    );
  });
});
