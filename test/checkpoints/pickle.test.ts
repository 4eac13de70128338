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
});
