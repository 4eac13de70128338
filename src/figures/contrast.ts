/** What WCAG 2.2 asks of graphics (1.4.11). */
const LEAST_CONTRAST = 3;

/**
 * A color, mixed with as much white on a dark paper, or black on a light one, as a line needs to be seen. What is neither `#rrggbb` nor
 * `rgb(r, g, b)` stays as it is.
 *
 * @example
 * readableOn('#0072B2', '#ffffff'); // '#0072B2'
 */
export function readableOn(color: string, paper: string): string {
  const [channels, behind] = [channelsOf(color), channelsOf(paper)];
  if (channels === null || behind === null) return color;
  const toward = luminance(behind) < 0.5 ? 255 : 0;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = channels.map((channel) => Math.round(channel + share * (toward - channel)));
    if (contrast(mixed, behind) >= LEAST_CONTRAST) {
      return share === 0 ? color : `rgb(${mixed.join(', ')})`;
    }
  }
  return color;
}

function channelsOf(color: string): number[] | null {
  const decimal = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
  if (decimal !== null) return decimal.slice(1).map(Number);
  const hex = /^#([\da-f]{6})$/i.exec(color);
  return hex === null ? null : [0, 2, 4].map((at) => Number.parseInt(hex[1].slice(at, at + 2), 16));
}

/** Of two sRGB colors, by WCAG 2.2: 1 to 21. */
function contrast(a: readonly number[], b: readonly number[]): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(channels: readonly number[]): number {
  const [r, g, b] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
