import { describe, expect, it } from 'vitest';
import {
  type ClaimRecord,
  describeHolder,
  formatClaim,
  isAbandoned,
  parseClaim,
  renewalInterval,
  silenceLimit,
} from '../../../src/study/claims/claim-record.ts';
import type { ProcessState } from '../../../src/study/claims/process-identity.ts';

const record: ClaimRecord = {
  of: 'tiny_seed0',
  id: '0123456789abcdef01234567',
  host: 'node07',
  processTable: 'node07 boot-1 pid:[1]',
  pid: 4711,
  started: '100',
  since: '2026-01-02T03:04:05.678Z',
};

describe('a claim’s file', () => {
  it('is one line of JSON that says what it is, and reads back', () => {
    const content = formatClaim(record);
    expect(content.split('\n')).toHaveLength(2);
    expect(JSON.parse(content)).toEqual({ format: 'rankscope claim', ...record });
    expect(parseClaim(content)).toEqual(record);
    const unknown = { ...record, processTable: null, started: null };
    expect(parseClaim(formatClaim(unknown))).toEqual(unknown);
  });

  it('may be of a later version that says more', () => {
    expect(parseClaim(JSON.stringify({ format: 'rankscope claim', ...record, gpu: 3 }))).toEqual(record);
  });

  it.each([
    '',
    'null',
    '[]',
    formatClaim(record).slice(0, -3),
    formatClaim({ ...record, pid: 0 }),
    formatClaim({ ...record, pid: -1 }),
    formatClaim({ ...record, host: 'node\u001b[31m07' }),
    formatClaim({ ...record, host: 'x'.repeat(501) }),
    JSON.stringify(record),
  ])('is nobody’s if it holds %j', (content) => {
    expect(parseClaim(content)).toBeNull();
  });
});

describe('a claim', () => {
  const here = { processTable: record.processTable };
  const elsewhere = { processTable: 'node08 boot-1 pid:[1]' };
  const running: ProcessState = { running: true, started: '100' };
  const isLost = (
    silence: number,
    at: { processTable: string | null },
    state: ProcessState,
    changes: Partial<ClaimRecord> = {},
  ): boolean => isAbandoned({ record: { ...record, ...changes }, silence }, at, () => state);

  it('holds as long as its process is seen to run, however silent', () => {
    expect(isLost(0, here, running)).toBe(false);
    expect(isLost(1e9, here, running)).toBe(false);
  });

  it('is void as soon as its process is gone, or its number another’s', () => {
    expect(isLost(0, here, { running: false })).toBe(true);
    expect(isLost(0, here, { running: true, started: '101' })).toBe(true);
  });

  it('goes by its renewals where a number alone says that the process runs', () => {
    for (const [state, started] of [
      [{ running: true, started: null }, '100'],
      [running, null],
    ] as const) {
      expect(isLost(silenceLimit, here, state, { started })).toBe(false);
      expect(isLost(silenceLimit + 1, here, state, { started })).toBe(true);
    }
  });

  it('goes by its renewals where its process cannot be looked for', () => {
    const neverAsked = (): never => {
      throw new Error('looked for a process of another machine');
    };
    for (const [at, table] of [
      [elsewhere, record.processTable],
      [{ processTable: null }, null],
      [{ processTable: null }, record.processTable],
    ] as const) {
      const holder = (silence: number) => ({ record: { ...record, processTable: table }, silence });
      expect(isAbandoned(holder(silenceLimit), at, neverAsked)).toBe(false);
      expect(isAbandoned(holder(silenceLimit + 1), at, neverAsked)).toBe(true);
    }
  });

  it('of a damaged file goes by its age', () => {
    expect(isAbandoned({ record: null, silence: 5 }, here, () => running)).toBe(false);
    expect(isAbandoned({ record: null, silence: silenceLimit + 1 }, here, () => running)).toBe(true);
  });

  it('survives several renewals that fail', () => {
    expect(silenceLimit / renewalInterval).toBeGreaterThanOrEqual(5);
  });

  it('names its holder', () => {
    expect(describeHolder({ record, silence: 0 })).toBe('process 4711 on node07');
    expect(describeHolder({ record: null, silence: 0 })).toBe('an unknown process');
  });
});
