import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownView, openingView } from '../../../src/report/page/known-view.ts';
import { addressOf, readAddress, SMOOTHINGS, type ViewState } from '../../../src/report/page/view-state.ts';
import { studyData } from '../../../src/report/study-data.ts';
import { exampleStudy, hostile } from '../example-study.ts';

const study = studyData(exampleStudy(), { stable_rank: 'Stable rank', rank_90: 'Components' });
const opening = openingView(study);

const name = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.constantFrom('__proto__', 'a&b=c#', hostile),
);
const step = fc.double({ min: 0, max: 1e12, noNaN: true });
const range = fc.tuple(step, step).filter(([low, high]) => low < high);
const views: fc.Arbitrary<ViewState> = fc.record({
  metric: name,
  search: fc.string({ unit: 'grapheme' }),
  where: fc.array(fc.tuple(name, name)).map((entries) => new Map(entries)),
  runs: fc.option(fc.array(name)),
  layers: fc.oneof(fc.constantFrom('all' as const, 'first' as const, 'last' as const), fc.array(name)),
  color: name,
  pool: fc.constantFrom('none', 'seeds', 'color'),
  steps: fc.constantFrom('log', 'linear'),
  values: fc.constantFrom('log', 'linear'),
  smoothing: fc.constantFrom(...SMOOTHINGS),
  range: fc.option(range),
});
const places = fc.oneof(
  fc.constantFrom('', 'run-3', 'evidence-lead'),
  fc.stringMatching(/^[\w =&%#-]{0,20}$/),
);

describe('the view in the page’s address', () => {
  it('reads back as it was, with the place beside it', () => {
    fc.assert(
      fc.property(places, views, (place, view) => {
        const address = addressOf(place, view, opening);
        const read = readAddress(address, opening);
        expect(read.place).toBe(place);
        expect(read.view ?? opening).toEqual(view);
        expect(address).not.toMatch(/[\s#<>"]/);
      }),
    );
  });

  it('is not in it where nothing was chosen, so that links to places stay as they are', () => {
    expect(addressOf('run-3', opening, opening)).toBe('run-3');
    expect(readAddress('run-3', opening)).toEqual({ place: 'run-3', view: null });
    expect(readAddress('', opening)).toEqual({ place: '', view: null });
  });

  it('names runs and layers as the study does', () => {
    const view = { ...opening, runs: ['mlp_digits'], layers: ['network.0', 'network.2'] };
    expect(addressOf('compare', view, opening)).toBe(
      'compare&run=mlp_digits&layer=network.0&layer=network.2',
    );
  });

  it('takes nothing that it cannot be', () => {
    const { view } = readAddress('x&steps=round&smooth=4&from=9&to=1&pool=', opening);
    expect(view).toEqual(opening);
    expect(readAddress('%E0%A4%A', opening).place).toBe('%E0%A4%A');
  });
});

describe('a view that a link asks for', () => {
  it('is shown as far as the study has what it names, and says the rest', () => {
    const asked = {
      ...opening,
      ...{ metric: 'unheard_of', runs: ['mlp_digits', 'gone'], layers: ['gone too'], color: 'weather' },
      where: new Map([
        ['architecture', 'mlp_small'],
        ['architecture2', 'x'],
      ]),
    };
    const { view, unknown } = knownView(asked, study);
    expect(view).toEqual({
      ...opening,
      runs: ['mlp_digits'],
      where: new Map([['architecture', 'mlp_small']]),
    });
    expect(unknown).toEqual([
      'run gone',
      'layer gone too',
      'metric unheard_of',
      'architecture2 x',
      'color by weather',
    ]);
  });

  it('shows all runs’ beginning where none of its runs is there', () => {
    expect(knownView({ ...opening, runs: ['gone'] }, study).view.runs).toBeNull();
    expect(knownView({ ...opening, runs: [] }, study).view.runs).toEqual([]);
  });
});
