import { describe, it } from 'vitest';
import { skipNote } from './skip-note.ts';

/** Something that tests need and that is not everywhere: data beside the project, a browser, the compiled program. */
export interface Requirement {
  /** Why tests cannot run, or null where they can. */
  readonly missing: string | null;
  /** Whether it has to be there, so that its absence is a failure and no reason to skip. */
  readonly demanded: boolean;
}

/** A property of the system, which cannot be demanded. */
export function system(holds: boolean, otherwise: string): Requirement {
  return { missing: holds ? null : otherwise, demanded: false };
}

/** Programs and packages that `.ci/run` installs, and then demands. */
export const toolsDemanded = process.env.RANKSCOPE_REQUIRE_TOOLS === '1';

/** The patience for tests that take long beside what they find: `.ci/run` has it, `npm test` stays under five minutes. */
export const patience: Requirement = {
  missing: process.env.RANKSCOPE_TEST_LONG === '1' ? null : 'takes long, RANKSCOPE_TEST_LONG=1 asks for it',
  demanded: false,
};

/** A block of tests that is skipped, its title saying why, where what it needs is missing. */
export function describeWith(requirement: Requirement, title: string, tests: () => void): void {
  const { missing, demanded } = requirement;
  if (missing === null) describe(title, tests);
  else if (demanded) describe(title, () => fails(missing));
  else describe.skip(`${title} ${skipNote(missing)}`, () => it.skip('tests that need it', () => {}));
}

/** One such test. */
export function itWith(
  requirement: Requirement,
  title: string,
  test: () => void | Promise<void>,
  timeout?: number,
): void {
  const { missing, demanded } = requirement;
  if (missing === null) it(title, test, timeout);
  else if (demanded) fails(missing, title);
  else it.skip(`${title} ${skipNote(missing)}`, () => {});
}

function fails(missing: string, title = 'has what it needs'): void {
  it(title, () => {
    throw new Error(missing);
  });
}
