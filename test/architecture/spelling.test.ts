import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const british =
  /(?:optim|initial|stabil|standard|normal|random|summar|general|vector|token|serial|synchron)is(?:e|ed|es|er|ers|ing|ation)(?![a-z])|centre|centring|colour|behaviour|neighbour|(?<!aria-)labelled|aria-labeledby|analys(?:e|ed|er|ing)\b/i;
/** Data of former versions, licenses, the record of the packages, and what tells the former spelling. */
const exempt =
  /measurements\/studies\/|package-lock|LICENSE|former-spelling|spelling\.test|study-file\.test|spectra-lines|state-file/;

describe('the spelling', () => {
  it('is American everywhere', () => {
    const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
    const found = files
      .filter(
        (file) =>
          existsSync(join(root, file)) && /\.(ts|mjs|md|yaml|json|py|css)$/.test(file) && !exempt.test(file),
      )
      .flatMap((file) => {
        const match = british.exec(readFileSync(join(root, file), 'utf8'));
        return match === null ? [] : [`${file}: ${match[0]}`];
      });
    expect(found).toEqual([]);
  });
});
