import { networkQuantities, quantityCurves } from '../dynamics/network-quantities.ts';
import { curvesSpec } from '../figures/curves.ts';
import type { Run } from '../measurements/types.ts';
import type { EvidenceFigure } from './types.ts';

/** A figure for each track of network quantities, a panel for each series, by the ending of its file name. */
export function quantityFigures(run: Run): Map<string, EvidenceFigure> {
  const curves = quantityCurves(run);
  const tracks = [...new Set(curves.map(({ track }) => track))];
  return new Map(
    tracks.map((track) => {
      const panels = networkQuantities
        .filter((quantity) => quantity.track === track)
        .map(({ series, title }) => ({
          yTitle: title,
          curves: curves
            .filter((one) => one.track === track && one.series === series)
            .map(({ subject, curve: { steps, values } }) => ({
              label: subject,
              steps: Float64Array.from(steps),
              values: Float64Array.from(values),
            })),
        }));
      const title = `${run.id}: ${track.replaceAll('-', ' ')}`;
      const caption = `${panels.map(({ yTitle }) => yTitle).join('; ')}, over the training steps.`;
      return [track, { title, caption, spec: curvesSpec({ title, legend: '', panels }) }];
    }),
  );
}
