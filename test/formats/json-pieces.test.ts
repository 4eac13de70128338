import { describe, expect, it } from 'vitest';
import { jsonPieces, WrittenJson } from '../../src/formats/json-pieces.ts';

const value = {
  empty: [],
  none: null,
  left: undefined,
  runs: [{ id: 'a\n"b"', values: [1, [2]], nested: { list: [] } }, undefined, 3, 'text'],
  number: Number.NaN,
  object: { deep: { deeper: [1, { a: 'é' }] }, left: undefined, list: [1, { b: 2 }], next: 'no generator' },
  hollow: { left: undefined },
  dated: { day: new Date(0), bare: {} },
};

describe('JSON in pieces', () => {
  it.each([0, 2, 4])('is what JSON.stringify answers, with %i spaces', (indent) => {
    expect([...jsonPieces(value, { indent })].join('')).toBe(JSON.stringify(value, null, indent));
    expect([...jsonPieces({}, { indent })].join('')).toBe(JSON.stringify({}, null, indent));
  });

  it('has of every entry what is to stand for it', () => {
    const plain = (entry: unknown) => (ArrayBuffer.isView(entry) ? Array.from(entry as Float64Array) : entry);
    const values = Float64Array.of(1, 2);
    const pieces = jsonPieces({ values, list: [values, 3] }, { plain, indent: 2 });
    expect([...pieces].join('')).toBe(JSON.stringify({ values: [1, 2], list: [[1, 2], 3] }, null, 2));
  });

  it('is cut within the lists of objects too', () => {
    const pieces = [...jsonPieces({ analysis: { groups: [{ id: 1 }, { id: 2 }], alpha: 0.05 } })];
    expect(pieces.join('')).toBe('{"analysis":{"groups":[{"id":1},{"id":2}],"alpha":0.05}}');
    expect(pieces.filter((piece) => piece.includes('1') || piece.includes('2'))).toHaveLength(2);
  });

  it('is cut within the objects of a list, and the lists of these', () => {
    const runs = [{ id: 'a', dynamics: { layers: [{ depth: 0 }, { depth: 1 }] } }];
    const pieces = [...jsonPieces({ runs }, { indent: 2 })];
    expect(pieces.join('')).toBe(JSON.stringify({ runs }, null, 2));
    expect(pieces.filter((piece) => piece.includes('depth'))).toHaveLength(2);
  });

  it('makes the entries of a list when it comes to them', () => {
    const made: number[] = [];
    function* entries() {
      for (const i of [1, 2, 3]) {
        made.push(i);
        yield i;
      }
    }
    const pieces = jsonPieces({ entries: entries() });
    expect([pieces.next().value, pieces.next().value]).toEqual(['{"entries":', '[1']);
    expect(made).toEqual([1]);
    expect([...pieces].join('')).toBe(',2,3]}');
  });

  it('holds what is written already as it is, in a list and under a key, made when it comes to it', () => {
    let made = 0;
    const written = new WrittenJson(() => [`{"n":${++made}`, ',"text":"é"}']);
    const pieces = jsonPieces({ first: written, list: [1, written], inner: { again: written } });
    expect(pieces.next().value).toBe('{"first":');
    expect(made).toBe(0);
    expect([...pieces].join('')).toBe(
      '{"n":1,"text":"é"},"list":[1,{"n":2,"text":"é"}],"inner":{"again":{"n":3,"text":"é"}}}',
    );
  });
});
