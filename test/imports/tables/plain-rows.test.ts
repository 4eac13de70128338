import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsvTable } from '../../../src/imports/tables/csv-table.ts';
import { readJsonLines } from '../../../src/imports/tables/record-table.ts';
import type { RowTable } from '../../../src/imports/tables/table.ts';

type Read = (pieces: Iterable<Uint8Array>, size: number, file: string) => RowTable;

/** All that a table says, or why it is refused. */
function contentOf(read: Read, bytes: Uint8Array): unknown {
  try {
    const { columns, rows, rowName, notes, hasHeader } = read([bytes], 1e6, 'table');
    const cells = Array.from({ length: rows }, (_, row) => [
      rowName(row),
      ...columns.map((column) => [column.stateAt(row), column.valueAt(row), column.wordAt(row)]),
    ]);
    const facts = columns.map(({ name, numbers, gaps, isWhole, firstGap, firstText, texts }) => [
      ...[name, numbers, gaps, isWhole, firstGap, firstText, texts],
    ]);
    return { cells, facts, notes, hasHeader };
  } catch (error) {
    return (error as Error).message;
  }
}

/** In UTF-16 nothing is read where it stands. */
function utf16(text: string): Uint8Array {
  const codes = Uint16Array.from(`\uFEFF${text}`, (character) => character.charCodeAt(0));
  return new Uint8Array(codes.buffer);
}

const isSame = (read: Read, text: string): void =>
  expect(contentOf(read, new TextEncoder().encode(text))).toEqual(contentOf(read, utf16(text)));

const ends = fc.constantFrom('\n', '\n', '\r\n', '\r');

describe('a table of text', () => {
  const plain = fc.constantFrom(
    '1',
    '-2.5',
    '1e-3',
    ' 7 ',
    '+4',
    '.5',
    '5.',
    '0.1234567890123456789',
    'enc.0',
    '',
  );
  const odd = fc.constantFrom(
    'nan',
    'inf',
    '1e999',
    '1,5',
    '"a"',
    '"b\nc"',
    '"',
    '1 2',
    '\v',
    '\0',
    '0x1',
    '1e',
    '-',
  );
  const cell = fc.oneof({ weight: 12, arbitrary: plain }, { weight: 1, arbitrary: odd });

  it('is the same whether its rows are read where they stand or as texts', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 4 })
          .chain((columns) =>
            fc.array(
              fc.oneof(
                { weight: 30, arbitrary: fc.array(cell, { minLength: columns, maxLength: columns }) },
                { weight: 1, arbitrary: fc.array(cell, { maxLength: 5 }) },
              ),
            ),
          ),
        fc.constantFrom(',', ',', ';', '\t'),
        ends,
        (rows, delimiter, end) => {
          const lines = [['step', 'loss', 'a', 'b'].slice(0, rows[0]?.length ?? 1), ...rows];
          isSame(readCsvTable, lines.map((row) => row.join(delimiter) + end).join(''));
        },
      ),
    );
  });
});

describe('records in lines', () => {
  const plain = fc.constantFrom(
    '1',
    '-2.5',
    '1e-3',
    'null',
    'true',
    'false',
    '"x"',
    '"y y"',
    '0.1234567890123456789',
  );
  const odd = fc.constantFrom(
    ...[
      'NaN',
      '-Infinity',
      '"NaN"',
      '"inf"',
      '01',
      '+1',
      '.5',
      '1e999',
      '"\\n"',
      '"é"',
      '[1]',
      '{"k":2}',
      'nul',
      '"',
    ],
  );
  const field = fc.oneof({ weight: 12, arbitrary: plain }, { weight: 1, arbitrary: odd });
  const keys = fc.constantFrom(
    ...[
      ['step', 'loss'],
      ['step', 'loss'],
      ['loss', 'step'],
      ['step', '1'],
      ['step', 'step'],
      ['', '__proto__'],
      ['\\u0041'],
    ],
  );
  const blanks = fc.constantFrom('', '', ' ', '\t');

  it('are the same whether they are read where they stand or parsed', () => {
    fc.assert(
      fc.property(
        fc.array(keys, { minLength: 1, maxLength: 2 }),
        fc.array(fc.tuple(field, field)),
        blanks,
        ends,
        (kinds, rows, blank, end) => {
          const lines = rows.map((row, i) => {
            const fields = kinds[Math.floor(i / 4) % kinds.length].map(
              (key, c) => `"${key}"${blank}:${row[c]}`,
            );
            return `{${blank}${fields.join(`,${blank}`)}}${blank}${end}`;
          });
          isSame(readJsonLines, lines.join(''));
        },
      ),
    );
  });

  it('may end in another that is cut short', () => {
    const table = readJsonLines([new TextEncoder().encode('{"a":1}\n{"a":2}\n{"a":')], 1e6, 'log');
    expect(table).toMatchObject({ rows: 2, notes: ['line 3, the last, is cut short and was left out'] });
  });
});
