import { describe, expect, it } from 'vitest';
import { ACCENT, CATEGORY_COLORS, DARK_PAPER, INK, LINE, MUTED, NULL_LINE } from '../../src/figures/theme.ts';
import { forBothSchemes } from '../../src/report/both-schemes.ts';
import { contrast, linear, oklab, seenDistance, visions } from '../figures/color-vision.ts';

/** What colors of figures keep, on paper and on a dark page: they are seen, and apart, whatever kind of eyes look at them. */

/** What WCAG 2.2 asks of graphics (1.4.11). */
const LEAST_CONTRAST = 3;
/**
 * In Oklab. Two shades are told apart side by side from about 0.02 on; lines in a legend need more. Of Okabe and Ito's eight colors the
 * nearest two that an eye of any kind sees are 0.076 apart.
 */
const LEAST_DISTANCE = 0.075;
/** On the dark page white and yellow are nearest, to eyes without blue cones; there as elsewhere lines have dashes too. */
const LEAST_DISTANCE_ON_DARK = 0.055;

/** As a page with a dark scheme draws it. */
function onDark(color: string): string {
  const style = forBothSchemes(`<svg><path stroke="${color}"/></svg>`);
  return /stroke:(#[\da-f]{6}|rgb\([^)]*\))/i.exec(style)?.[1] ?? color;
}

const schemes = [
  ['paper', '#ffffff', (color: string) => color, LEAST_DISTANCE],
  ['a dark page', DARK_PAPER, onDark, LEAST_DISTANCE_ON_DARK],
] as const;

describe.each(schemes)('on %s', (_, background, drawn, least) => {
  it.each([...new Set([...CATEGORY_COLORS, ACCENT, LINE, INK, MUTED, NULL_LINE])])('%s is seen', (color) => {
    expect(contrast(drawn(color), background)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
  });

  it.each(Object.entries(visions))('colors of groups stay apart with %s vision', (_, vision) => {
    CATEGORY_COLORS.forEach((a, i) => {
      for (const b of CATEGORY_COLORS.slice(0, i)) {
        expect(seenDistance(drawn(a), drawn(b), vision), `${drawn(a)} and ${drawn(b)}`).toBeGreaterThan(
          least,
        );
      }
    });
  });
});

describe('the measure of colors', () => {
  it('agrees with published values', () => {
    // Ottosson's table: the CIE XYZ of D65 white is Oklab (1, 0, 0); sRGB red by its own conversion.
    expect(oklab([1, 1, 1])[0]).toBeCloseTo(1, 4);
    expect(oklab(linear('#ff0000')).map((part) => Number(part.toFixed(3)))).toEqual([0.628, 0.225, 0.126]);
    expect(seenDistance('#ffffff', '#000000', visions.usual)).toBeCloseTo(1, 4);
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 9);
    // WCAG's own example of a gray that just passes for text.
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    // Gray has no hue to lose: each row of a deficiency adds up to 1.
    for (const rows of Object.values(visions)) {
      for (const row of rows) expect(row[0] + row[1] + row[2]).toBeCloseTo(1, 5);
    }
  });
});
