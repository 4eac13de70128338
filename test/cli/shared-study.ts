import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { rankscope } from './rankscope.ts';

/**
 * A study that the tests of a file read and none of them changes: trained when the first of them asks, removed after the last.
 *
 * @returns gives its folder.
 */
export function sharedStudy(text: string): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-'));
  const trained = join(folder, 'trained');
  let isTrained = false;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return () => {
    if (!isTrained) {
      const file = join(folder, 'study.yaml');
      writeFileSync(file, text);
      expect(rankscope('train', file, '--out', trained, '--quiet').code).toBe(0);
      isTrained = true;
    }
    return trained;
  };
}
