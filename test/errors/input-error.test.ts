import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors/input-error.ts';

describe('an input error', () => {
  it('names file, field, value and what is allowed in one line', () => {
    const error = new InputError({
      file: 'run.json',
      field: 'measurements[3].step',
      value: 10,
      allowed: 'a step above 15',
    });
    expect(error.message).toBe('run.json: measurements[3].step is 10; allowed: a step above 15');
  });

  it('leaves out what is not known', () => {
    expect(new InputError({ allowed: 'a folder with runs' }).message).toBe('allowed: a folder with runs');
    expect(new InputError({ file: 'a', allowed: 'JSON' }).message).toBe('a: allowed: JSON');
    expect(new InputError({ field: 'seed', allowed: 'an integer' }).message).toBe(
      'seed; allowed: an integer',
    );
  });

  it('shortens long values and lets no control character through to a terminal', () => {
    const { message } = new InputError({
      file: 'x\u001b[2J\n',
      field: 'name',
      value: `\u001b[31m${'y'.repeat(500)}`,
      allowed: 'a name',
    });
    expect(message.length).toBeLessThan(140);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for control characters is the purpose
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  });

  it('bounds every part of the message by what a person reads', () => {
    const { message } = new InputError({
      file: 'f'.repeat(1e6),
      field: 'g\u009b'.repeat(1e6),
      value: Array(1e6).fill('v'),
      allowed: `one of ${'name\u202e, '.repeat(1e6)}`,
    });
    expect(message.length).toBeLessThan(1700);
    expect(message).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
  });

  it.each([{ toString: 1 }, Object.create(null), [[[[{}]]]], Symbol('s'), 10n ** 30n])(
    'is made whatever the value is: %o',
    (value) => {
      expect(new InputError({ value, allowed: 'a number' }).message).toMatch(
        /^value is .*; allowed: a number$/,
      );
    },
  );
});
