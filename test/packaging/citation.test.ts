import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { bibtex } from '../../src/report/methods/bibtex.ts';

const read = (file: string): string => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8');

/** What the Citation File Format 1.2.0 demands, and allows of what stands in ours. */
const citation = z.strictObject({
  'cff-version': z.literal('1.2.0'),
  message: z.string().min(1),
  title: z.string().min(1),
  type: z.enum(['software', 'dataset']),
  authors: z.array(z.strictObject({ name: z.string().min(1) })).min(1),
  version: z.string(),
  license: z.string(),
  keywords: z.array(z.string().min(1)).min(1),
});

describe('CITATION.cff', () => {
  const cited = parse(read('CITATION.cff'));
  const { version, license } = JSON.parse(read('package.json'));

  it('is a citation file that names this version and its license', () => {
    expect(citation.parse(cited)).toEqual(cited);
    expect(cited).toMatchObject({ version, license });
  });

  it('says the same as the BibTeX of a report', () => {
    const entry = bibtex({ name: 'rankscope', version }, []);
    const plain = entry.replaceAll(/[{}]/g, '');
    expect(plain).toContain(cited.title);
    expect(plain).toContain(cited.authors[0].name);
  });
});
