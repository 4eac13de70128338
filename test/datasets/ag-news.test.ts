import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { idsAsNumbers, readAgNews, tokenize } from '../../src/datasets/ag-news.ts';
import { buildVocabulary, wordsOf } from '../../src/datasets/vocabulary.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { itWithSharedData } from '../shared-data.ts';

const csv = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('wordsOf', () => {
  it('keeps a-z, 0-9 and spaces, and joins what stood around anything else', () => {
    expect(wordsOf("It's  A\\team, É £10m\tx")).toEqual(['its', 'ateam', '10mx']);
    expect(wordsOf(' — ')).toEqual([]);
  });
});

describe('buildVocabulary', () => {
  it('takes the commonest words, the earlier of equals first', () => {
    const { words, idOf } = buildVocabulary(['b a c', 'c d a', 'e constructor'], 3);
    expect(words).toEqual(['a', 'c', 'b']);
    expect([...idOf]).toEqual([
      ['a', 2],
      ['c', 3],
      ['b', 4],
    ]);
  });
});

describe('readAgNews', () => {
  it('reads class, title and description, with quotes within', () => {
    expect(readAgNews(csv('"3","A ""b""","c, d"\n"1","e","f\ng"\n'))).toEqual([
      { label: 2, text: 'A "b" c, d' },
      { label: 0, text: 'e f\ng' },
    ]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['another class', csv('"1","a","b"\n"5","a","b"'), /x\.csv: row 2, class is "5"; allowed: 1 to 4/],
    ['a class that is no number', csv('"1 ","a","b"'), /class is "1 "/],
    ['rows of two fields', csv('"1","a"'), /row 1 is "2 fields"/],
    ['uneven rows', csv('"1","a","b"\n"1","a"'), /x\.csv: allowed: rows .* \(Invalid Record Length/],
    ['an open quote', csv('"1","a","b'), /\(Quote Not Closed/],
    ['text that is no UTF-8', Uint8Array.of(0x22, 0xff), /in UTF-8/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readAgNews(bytes, 'x.csv')).toThrow(InputError);
    expect(() => readAgNews(bytes, 'x.csv')).toThrow(message);
  });
});

describe('tokenize', () => {
  const texts = [
    { label: 1, text: 'the cat the dog' },
    { label: 3, text: 'The THE bird flew away far' },
  ];
  const tokens = tokenize(texts, buildVocabulary(['the the cat', 'dog'], 2), 5);

  it('gives known words their id, others 1, and pads with 0', () => {
    expect(tokens).toEqual({
      name: 'ag_news',
      ids: Int32Array.of(2, 3, 2, 1, 0, 2, 2, 1, 1, 1),
      labels: Uint8Array.of(1, 3),
      length: 5,
      vocabularySize: 4,
      classes: 4,
      count: 2,
    });
  });

  it('gives the ids as plain numbers, as published', () => {
    expect(idsAsNumbers(tokens)).toEqual({
      name: 'ag_news',
      inputs: Float32Array.of(2, 3, 2, 1, 0, 2, 2, 1, 1, 1),
      labels: Uint8Array.of(1, 3),
      exampleShape: [5],
      classes: 4,
      count: 2,
    });
  });
});

// The same steps in Python: csv.reader, re.sub, str.split, Counter.most_common(5000).
itWithSharedData('the real test half has the ids that Python gives it', 'ag_news/test.csv', (path) => {
  const texts = readAgNews(readFileSync(path));
  expect(texts).toHaveLength(7600);
  for (let label = 0; label < 4; label++)
    expect(texts.filter((text) => text.label === label)).toHaveLength(1900);
  const vocabulary = buildVocabulary(texts.map(({ text }) => text));
  expect(vocabulary.words.slice(0, 5)).toEqual(['the', 'to', 'a', 'of', 'in']);
  expect(vocabulary.words.slice(-3)).toEqual(['ramallah', 'ondemand', 'phoenix']);
  const { ids } = tokenize(texts, vocabulary);
  expect([...ids.subarray(0, 26)]).toEqual([
    1310, 9, 2636, 2495, 1349, 29, 128, 1350, 3461, 328, 14, 4083, 1, 175, 55, 36, 1, 29, 128, 12, 1, 2637,
    394, 178, 1, 0,
  ]);
  expect(ids.reduce((sum, id) => sum + id, 0)).toBe(183_779_862);
});
