import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readers } from '../fuzz/readers.ts';

const src = resolve(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => file.endsWith('.ts'));

/** Without comments: an example may say what the code must not. */
const codeOf = (file: string): string =>
  readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
const filesWith = (pattern: RegExp): string[] => files.filter((file) => pattern.test(codeOf(file))).sort();

describe('what others wrote', () => {
  it('is parsed in src/formats, where its depth and memory are bounded', () => {
    expect(filesWith(/\bJSON\.parse\(/)).toEqual([
      // The page's own data, in the page; what its own server says, in the page; the program's own package.json.
      'formats/json.ts',
      'live/page/connection.ts',
      'report/page/blocks.ts',
      'report/page/unpack.ts',
      'workbench/provenance.ts',
    ]);
    expect(filesWith(/from 'yaml'/)).toEqual(['formats/yaml-shape.ts', 'formats/yaml.ts']);
    expect(filesWith(/from 'csv-parse/)).toEqual(['formats/csv.ts']);
    expect(filesWith(/from '(?:node:zlib|fflate)'/)).toEqual([
      'checksums/crc.ts',
      'figures/indexed-png.ts',
      'formats/inflate.ts',
      'report/packed.ts',
    ]);
  });

  it('is fuzzed wherever bytes or a text are read', () => {
    const reading = filesWith(
      /from '[^']*\/formats\/(?:json|yaml|csv|inflate|json-shape)\.ts'|export function (?:read|parse|decode|un)\w*\(\s*(?:bytes|text|content|line): /,
    ).filter((file) => !file.startsWith('formats/'));
    const fuzzed = new Set(readers.map(({ source }) => source));
    const through = [
      // Parts of listed readers: the directory by zip, gzip as such, lines and header by run-log, the state by checkpoint.
      'checkpoints/zip-directory.ts',
      'datasets/dataset-files.ts',
      // Tables of records and importers, each with damaged files of its own in test/contracts/importers.test.ts.
      'imports/formats/json-records.ts',
      'imports/formats/trainer-state.ts',
      'imports/importers.ts',
      'imports/trackio/trackio-importer.ts',
      'measurements/log/log-lines.ts',
      'measurements/log/plain-steps.ts',
      'measurements/log/record-seal.ts',
      'measurements/parse-json.ts',
      'measurements/run-header.ts',
      'training/state-file.ts',
      // An id that a browser sends back, with properties of its own in test/live/cursor.test.ts.
      'live/cursor.ts',
      // No file: what the command line was given, and numbers that the program wrote itself.
      'cli/option-values.ts',
      'published/pandas-float.ts',
    ];
    expect(reading.filter((file) => !fuzzed.has(file) && !through.includes(file))).toEqual([]);
    expect(reading.length).toBeGreaterThan(15);
    for (const { source } of readers) expect(files).toContain(source);
  });

  it('reaches the terminal through src/cli/terminal.ts alone', () => {
    expect(filesWith(/process\.std(?:out|err)\.write|\bconsole\./)).toEqual(['cli/terminal.ts']);
  });
});
