import { vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

/** What `rankscope` with these arguments prints. */
export async function printed(...args: string[]): Promise<string> {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    await (await createProgram(args[0])).parseAsync(args, { from: 'user' });
  } finally {
    spy.mockRestore();
  }
  return written.join('');
}
