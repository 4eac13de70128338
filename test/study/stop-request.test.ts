import { expect, it } from 'vitest';
import { createStopWord, requestStop, stopRequestOf } from '../../src/study/stop-request.ts';

it('a request to stop is sharpened, never taken back', () => {
  const word = createStopWord();
  expect(stopRequestOf(word)).toBe('none');
  requestStop(word, 'after-step');
  expect(stopRequestOf(word)).toBe('after-step');
  requestStop(word, 'at-once');
  requestStop(word, 'after-step');
  requestStop(word, 'none');
  expect(stopRequestOf(word)).toBe('at-once');
});
