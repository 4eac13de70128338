/**
 * Advance widths of DejaVu Serif Condensed in 1/2048 em, from U+0020 to U+007E (font table `hmtx`, release 2.37).
 * Kept here so that layout needs no font file and is the same wherever a figure is drawn.
 */
const REGULAR = [
  585, 740, 847, 1544, 1172, 1751, 1640, 506, 719, 719, 921, 1544, 585, 622, 585, 621, 1172, 1172, 1172, 1172,
  1172, 1172, 1172, 1172, 1172, 1172, 621, 621, 1544, 1544, 1544, 988, 1843, 1331, 1354, 1410, 1477, 1345,
  1278, 1472, 1607, 728, 738, 1377, 1224, 1887, 1612, 1511, 1240, 1511, 1387, 1262, 1229, 1553, 1331, 1894,
  1312, 1216, 1280, 719, 621, 719, 1544, 921, 921, 1098, 1179, 1032, 1179, 1090, 682, 1179, 1187, 589, 571,
  1116, 589, 1747, 1187, 1109, 1179, 1179, 881, 945, 740, 1187, 1041, 1577, 1039, 1041, 971, 1172, 621, 1172,
  1544,
];
const UNITS_PER_EM = 2048;
/** Symbols outside ASCII are laid out as wide as the widest common one. */
const OTHER = 1544;
/** Mean ratio of the bold to the regular advances over the same characters. */
const BOLD_RATIO = 1.08;

/**
 * Width of a line of text set in the figures' font, in the unit of `fontSize`.
 *
 * @example
 * textWidth('0', 2048); // 1172
 */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let units = 0;
  for (const character of text) units += REGULAR[character.codePointAt(0)! - 0x20] ?? OTHER;
  return (units / UNITS_PER_EM) * fontSize * (bold ? BOLD_RATIO : 1);
}
