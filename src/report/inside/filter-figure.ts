import type { MatrixPanel } from '../../figures/matrix-panels.ts';
import { DIVERGING_SCHEME } from '../../figures/theme.ts';
import type { FilterBank } from '../../mechanisms/filters/filter-bank.ts';
import { firstAndNow, panelRange } from './first-and-now.ts';
import type { FramedFigure, InsideRun } from './inside-run.ts';

const mostFilters = 16;

/** The filters of each convolution beside the first checkpoint's, on one scale; of several channels their mean. */
export function filterFigures({ run, readings }: InsideRun): FramedFigure[] {
  const [first] = readings;
  return [...first.weights].flatMap(([name, bank]): FramedFigure[] => {
    if (bank.height < 2 || bank.width < 2) return [];
    const panels = new Map(readings.map(({ step, weights }) => [step, patches(weights.get(name)!)]));
    const largest = Math.max(...panelRange(panels).map(Math.abs));
    const title = `The filters of ${name.replace(/\.weight$/, '')}`;
    const shown = bank.filters > mostFilters ? ` The first ${mostFilters} of ${bank.filters} filters.` : '';
    const channels = bank.channels > 1 ? `, mean over ${bank.channels} channels` : '';
    return [
      {
        ...{ name: `filters-${name}`, title: `${run}: ${title}` },
        caption: `The weights of each filter${channels}, at the first checkpoint and now, all on one scale: blue is negative, orange positive.${shown}`,
        frames: firstAndNow(panels, {
          ...{ title, subtitle: run },
          color: { title: 'Weight', domain: [-largest, largest], scheme: DIVERGING_SCHEME },
          cell: [Math.floor(36 / bank.width), Math.floor(36 / bank.width)],
        }),
      },
    ];
  });
}

function patches({ weights, filters, channels, height, width }: FilterBank): MatrixPanel[] {
  const area = height * width;
  return Array.from({ length: Math.min(filters, mostFilters) }, (_, filter) => {
    const values = new Float64Array(area);
    for (let channel = 0; channel < channels; channel++) {
      const from = (filter * channels + channel) * area;
      for (let i = 0; i < area; i++) values[i] += weights[from + i] / channels;
    }
    return { title: String(filter), values, rows: height, columns: width };
  });
}
