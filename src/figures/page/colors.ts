/** Viridis from dark to light, at even distances; the lightest are left out, which white would swallow. */
const VIRIDIS = ['#440154', '#472d7b', '#3b528b', '#2c728e', '#21918c', '#28ae80', '#5ec962', '#addc30'];

/** On a dark page the darkest are left out instead. */
export function layerColors(count: number, isDark: boolean): string[] {
  const scale = isDark ? [...VIRIDIS.slice(2), '#fde725'] : VIRIDIS.slice(0, 7);
  return Array.from({ length: count }, (_, i) => {
    const place = count === 1 ? 0.4 : i / (count - 1);
    // From light at the input to dark, as in the report's figures; on a dark page the other way, so that the last stands out.
    const at = (isDark ? place : 1 - place) * (scale.length - 1);
    return between(scale[Math.floor(at)], scale[Math.ceil(at)], at % 1);
  });
}

function between(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((start) => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(start, start + 2), 16));
    return Math.round(a + (b - a) * share);
  });
  return `rgb(${channels.join(', ')})`;
}

/** A color of the page's style. */
export function pageColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
