import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors/input-error.ts';
import { parseClaims } from '../../../src/findings/audit/claims-file.ts';
import { defaultClaims } from '../../../src/findings/claims/default-claims.ts';
import { manifestOf } from './planted-study.ts';

const yaml = `
title: Mine
claims:
  - { id: late, kind: no-jumps-after, fraction: 0.5, claim: Nothing jumps late. }
  - { id: still, kind: stable-from-start, claim: It stands still. }
`;

function problemOf(text: string): { field?: string; value?: unknown; message: string } {
  try {
    parseClaims(text, 'claims.yaml');
  } catch (error) {
    if (error instanceof InputError) return { ...error.problem, message: error.message };
    throw error;
  }
  throw new Error('no error');
}

describe('a file of claims', () => {
  it('is read as YAML, with defaults filled in', () => {
    expect(parseClaims(yaml, 'claims.yaml')).toEqual({
      title: 'Mine',
      dependentDatasets: [],
      asPublished: null,
      tallies: [],
      claims: [
        { id: 'late', kind: 'no-jumps-after', fraction: 0.5, claim: 'Nothing jumps late.' },
        {
          id: 'still',
          kind: 'stable-from-start',
          claim: 'It stands still.',
          tolerance: 0.1,
          atMost: 0.05,
        },
      ],
    });
  });

  it('is read as JSON too, and reads back what it gave', () => {
    const claims = parseClaims(yaml, 'claims.yaml');
    expect(parseClaims(JSON.stringify(claims), 'claims.json')).toEqual(claims);
  });

  const broken: [string, string, string][] = [
    ['a parameter out of range', yaml.replace('0.5', '1.5'), 'claims[0].fraction'],
    ['a parameter that is missing', yaml.replace('fraction: 0.5, ', ''), 'claims[0].fraction'],
    ['a mistyped kind', yaml.replace('no-jumps-after', 'no-jumps-afer'), 'claims[0].kind'],
    ['an id used twice', yaml.replace('id: still', 'id: late'), 'claims[1].id'],
    ['an id that is no file name', yaml.replace('id: late', 'id: ../late'), 'claims[0].id'],
    ['no claims', 'title: Mine\nclaims: []', 'claims'],
    ['text that is no YAML', 'title: [', 'line 1, column 9'],
  ];
  for (const [what, text, field] of broken) {
    it(`is refused for ${what}, naming the place`, () => {
      expect(problemOf(text).field).toBe(field);
      expect(problemOf(text).message).toMatch(/^claims\.yaml: /);
    });
  }

  it('suggests the kind that was meant, and refuses unknown parameters', () => {
    expect(problemOf(yaml.replace('no-jumps-after', 'no-jumps-afer')).message).toContain(
      'did you mean no-jumps-after?',
    );
    expect(problemOf(yaml.replace('fraction: 0.5', 'fraction: 0.5, foo: 1')).message).toContain('foo');
  });

  it('is refused where it is no object at all', () => {
    for (const text of ['', '3', 'null', '[]']) expect(() => parseClaims(text, 'f')).toThrow(InputError);
  });
});

describe('claims that come with an import', () => {
  it('are those of the logs of their source, and none for others', () => {
    const manifest = manifestOf([]);
    expect(defaultClaims(manifest)).toBeNull();
    expect(defaultClaims({ ...manifest, source: 'somebody else' })).toBeNull();
    const known = defaultClaims({ ...manifest, source: 'Neural Dimensionality Tracking' });
    expect(known?.claims.map(({ id }) => id)).toEqual('1 2 3 4a 4b 5 6 7 8 9 10 11 12'.split(' '));
  });
});
