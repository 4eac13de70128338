import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * A command that every system's shell understands: Node running a program.
 *
 * @param program JavaScript that knows its standard input, as a list of lines, by the name `lines`.
 */
export function nodeCommand(program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-command-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'command.cjs');
  const input = "const lines = require('node:fs').readFileSync(0, 'utf8').trim().split('\\n');\n";
  writeFileSync(path, `${input}${program}\n`);
  return `"${process.execPath}" "${path}"`;
}
