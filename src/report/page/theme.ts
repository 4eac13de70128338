import { studyData } from './blocks.ts';

export const darkScheme = matchMedia('(prefers-color-scheme: dark)');

const [INK, MUTED, GRID] = ['#e8e8e6', '#a5a8ad', '#3a3d42'];

/** How charts look, on a light page or a dark one. */
export function chartTheme(): object {
  const { theme } = studyData();
  if (!darkScheme.matches) return { ...theme, background: 'transparent' };
  const text = { labelColor: INK, titleColor: INK };
  return {
    ...theme,
    background: 'transparent',
    title: { ...theme.title, color: INK, subtitleColor: MUTED },
    axis: { ...theme.axis, ...text, gridColor: GRID, domainColor: MUTED, tickColor: MUTED },
    legend: { ...theme.legend, ...text },
  };
}
