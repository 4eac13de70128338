import { trackSummaries } from '../dynamics/track-summary.ts';
import { curvesSpec } from '../figures/curves.ts';
import { layerSeriesSpec } from '../figures/layer-series.ts';
import type { Curve } from '../figures/types.ts';
import type { Run, Track } from '../measurements/types.ts';
import { formatNumber, formatPassage, formatPercent } from '../wording/numbers.ts';
import { html, type Markup } from './markup.ts';
import type { EvidenceFigure } from './types.ts';

/** Quantities of the whole network that have a panel, with the title of its axis. */
const panelTitles: Readonly<Record<string, string>> = {
  noise_scale: 'Gradient noise scale (examples)',
  sharpness: 'Sharpness (top Hessian eigenvalue)',
  trace: 'Trace of the Hessian',
};

/** The figures of a run's tracks, by the ending of their file name; none where it has no tracks. */
export function trackFigures({ id, tracks = [] }: Run): Map<string, EvidenceFigure> {
  const figures = new Map<string, EvidenceFigure>();
  const weights = tracks.find((track) => track.id === 'weights');
  if (weights !== undefined && weights.steps.length > 0) {
    const title = `${id}: how far the weights moved`;
    const metric = { name: 'Distance from the start', unit: 'share of the initial norm' };
    const panels = weights.subjects.map(({ name }) => ({
      name,
      curves: curvesOf(weights, 'distance_from_start', name),
    }));
    figures.set('weights', {
      title,
      caption:
        'Frobenius norm of the difference from the initial weights, as a share of their norm; a panel per matrix, each on its own scale.',
      spec: layerSeriesSpec({ title, metric, layers: panels }),
    });
  }
  const panels = tracks.flatMap((track) =>
    Object.entries(panelTitles).flatMap(([metric, yTitle]) => {
      const curves = curvesOf(track, metric, 'network');
      return curves.every(({ values }) => !values.some((value) => value > 0))
        ? []
        : [{ yTitle, scale: 'log' as const, curves }];
    }),
  );
  if (panels.length > 0) {
    const title = `${id}: the loss around the weights`;
    figures.set('landscape', {
      title,
      caption:
        'Noise scale: variance of single examples’ gradients beside the squared norm of their mean. Sharpness: the largest curvature of the loss; trace: the sum of all. Gaps where one could not be determined or was not positive.',
      spec: curvesSpec({ title, legend: '', panels }),
    });
  }
  return figures;
}

/** The weight matrices of a run as a table; null where they were not measured. */
export function weightsTable(run: Run): Markup | null {
  const weights = trackSummaries(run).find(({ track }) => track === 'weights');
  if (weights === undefined) return null;
  return html`<div class="scroll" role="region" aria-label="Weights of ${run.id}" tabindex="0"><table>
<caption>Weights, steps ${formatNumber(weights.firstStep)} to ${formatNumber(weights.lastStep)}, first → last</caption>
<thead><tr><th scope="col">Matrix</th><th scope="col" class="number">Size</th><th scope="col" class="number">Stable rank</th>
<th scope="col" class="number">Tail exponent</th><th scope="col" class="number">Distance from start</th></tr></thead>
<tbody>${weights.subjects.map(
    ({
      name,
      rows,
      columns,
      series,
    }) => html`<tr><th scope="row">${name}</th><td class="number">${rows ?? '–'} × ${columns ?? '–'}</td>
<td class="number">${formatPassage(series.stable_rank)}</td><td class="number">${formatPassage(series.tail_exponent)}</td>
<td class="number">${formatPercent(series.distance_from_start?.last)}</td></tr>
`,
  )}</tbody></table></div>`;
}

function curvesOf({ steps, subjects }: Track, metric: string, subject: string): Curve[] {
  const values = subjects.find(({ name }) => name === subject)?.series.get(metric)?.values;
  return values === undefined ? [] : [{ label: subject, steps, values }];
}
