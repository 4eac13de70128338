import { afterEach, expect, it, vi } from 'vitest';
import { concludeTraining } from '../../src/cli/training.ts';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

it('says why a run failed even where no table is printed, and that it can be tried again', () => {
  let said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const outcome = { accuracy: null, remarks: [], seconds: 1 };
  const trained = {
    outcomes: [
      { ...outcome, id: 'a', stopped: 'failed: no memory\u001b[31m', unfinished: true },
      { ...outcome, id: 'b', stopped: null, unfinished: false },
    ],
    ...{ kept: [], elsewhere: [], waiting: [], remarks: [] },
  };
  expect(concludeTraining({ trained, interruption: null }, 'study')).toBe(false);
  expect(said).toContain('a failed: no memory');
  expect(said).not.toContain('\u001b');
  expect(said).toContain('To go on with the run that is left:');
  expect(process.exitCode).toBe(1);
});
