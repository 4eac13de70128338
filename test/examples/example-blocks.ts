import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const src = resolve(import.meta.dirname, '../../src');

/** An `@example` of a docstring. */
export interface ExampleBlock {
  /** Below `src/`, with `/`. */
  readonly file: string;
  /** Of its first line, from 1. */
  readonly line: number;
  /** The code, without the comment's stars. */
  readonly code: string;
}

/** Every `@example` in the sources, in the order of files and lines. */
export function exampleBlocks(): ExampleBlock[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .flatMap((file) => blocksOf(file, readFileSync(join(src, file), 'utf8')));
}

function blocksOf(file: string, text: string): ExampleBlock[] {
  const lines = text.split(/\r?\n/);
  const blocks: ExampleBlock[] = [];
  lines.forEach((line, i) => {
    if (!/^\s*\* @example\s*$/.test(line)) return;
    const code: string[] = [];
    for (const inner of lines.slice(i + 1)) {
      if (/^\s*\*\//.test(inner) || /^\s*\* @/.test(inner)) break;
      code.push(inner.replace(/^\s*\* ?/, ''));
    }
    blocks.push({ file, line: i + 2, code: code.join('\n') });
  });
  return blocks;
}
