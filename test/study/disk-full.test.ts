import { existsSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isDiskFull, unlessFull } from '../../src/study/disk-full.ts';
import { itWith, system } from '../requirements.ts';

it('tells a full disk from other faults', () => {
  const fault = (code: string) => Object.assign(new Error(code), { code });
  expect(['ENOSPC', 'EDQUOT', 'EACCES'].map((code) => isDiskFull(fault(code)))).toEqual([true, true, false]);
  expect([new Error('other'), null, undefined, 'ENOSPC'].map(isDiskFull)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

const fullDevice = system(existsSync('/dev/full'), 'no /dev/full');

itWith(fullDevice, 'recognizes the fault of a disk that is always full', () => {
  let fault: unknown = null;
  try {
    writeFileSync('/dev/full', 'x');
  } catch (error) {
    fault = error;
  }
  expect(isDiskFull(fault)).toBe(true);
});

it('leaves undone what there is no room for, and nothing else', async () => {
  const failing = (code: string) => async (): Promise<void> => {
    throw Object.assign(new Error(code), { code });
  };
  await unlessFull(failing('EDQUOT'));
  await expect(unlessFull(failing('EACCES'))).rejects.toThrow('EACCES');
});
