import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Requirement } from './requirements.ts';

/** Workers run the compiled program, which `npm test` makes before the tests. */
export function compiledProgram(file = 'cli/main.js'): Requirement {
  return {
    missing: existsSync(compiledPath(file)) ? null : `dist/${file} is absent; npm run build makes it`,
    demanded: process.env.CI !== undefined,
  };
}

export function compiledPath(file: string): string {
  return resolve(import.meta.dirname, '../dist', file);
}
