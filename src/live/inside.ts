import { labelTitle, metricLabel } from '../figures/metric-label.ts';
import type { LastSpectra } from '../measurements/run-log.ts';
import type { Run, Track } from '../measurements/types.ts';
import { known } from './known.ts';
import type { InsideMessage } from './messages.ts';

/** What is to be seen of a run beside its curves. */
export interface Inside {
  readonly run: Run;
  readonly spectra: LastSpectra | null;
  /** Training steps of the checkpoints that lie there. */
  readonly checkpoints: readonly number[];
}

const SPECTRA = 'spectra';

/** More lines than a picture can tell apart are not sent. */
const MOST_LINES = 64;

/**
 * What a run has inside: the spectra of its layers at the last measurement, or a quantity that is measured beside the layers
 * (weights, heads, filters, units, the loss around the weights) over its steps.
 *
 * @param wanted one of the choices of an earlier answer; the first where it is none of them.
 */
export function insideMessage({ run, spectra, checkpoints }: Inside, wanted: string | null): InsideMessage {
  const quantities = quantitiesOf(run);
  const choices = [
    ...(spectra === null ? [] : [{ id: SPECTRA, title: 'Spectra of the layers' }]),
    ...quantities.map(({ id, title }) => ({ id, title })),
  ];
  const chosen = choices.find(({ id }) => id === wanted) ?? choices[0] ?? null;
  const quantity = quantities.find(({ id }) => id === chosen?.id);
  const common = { type: 'inside', run: run.id, choices, chosen: chosen?.id ?? null, checkpoints } as const;
  if (chosen === null) {
    return { ...common, xTitle: '', yTitle: '', x: [], lines: [], step: null, more: 0 };
  }
  if (quantity === undefined) return { ...common, ...spectraPicture(run, spectra!) };
  return { ...common, ...quantityPicture(quantity) };
}

interface Quantity {
  readonly id: string;
  readonly title: string;
  readonly track: Track;
  readonly series: string;
}

function quantitiesOf({ tracks = [] }: Run): Quantity[] {
  return tracks
    .filter(({ steps }) => steps.length > 0)
    .flatMap((track) => {
      const names = new Set(track.subjects.flatMap(({ series }) => [...series.keys()]));
      return [...names].map((series) => ({
        id: `${track.id}/${series}`,
        title: `${track.id.replaceAll('-', ' ')}: ${labelTitle(metricLabel(series)).toLowerCase()}`,
        ...{ track, series },
      }));
    });
}

type Picture = Pick<InsideMessage, 'xTitle' | 'yTitle' | 'x' | 'lines' | 'step' | 'more'>;

function spectraPicture({ layers }: Run, { step, layers: spectra }: LastSpectra): Picture {
  const values = spectra.map((variants) => (variants.centered ?? variants.raw)?.singularValues ?? []);
  const longest = Math.max(0, ...values.map(({ length }) => length));
  return {
    step,
    more: Math.max(0, layers.length - MOST_LINES),
    xTitle: 'Singular value, the largest first',
    yTitle: 'Share of the largest',
    x: Array.from({ length: longest }, (_, i) => i + 1),
    lines: layers.slice(0, MOST_LINES).map(({ name }, l) => ({
      label: name,
      // Zeros, and what is nothing but rounding, have no place on a logarithmic axis.
      values: Array.from({ length: longest }, (_, i) => positive(values[l][i] / values[l][0])),
    })),
  };
}

function quantityPicture({ track, series, title }: Quantity): Picture {
  const measured = track.subjects.filter((subject) => subject.series.has(series));
  return {
    step: null,
    more: Math.max(0, measured.length - MOST_LINES),
    xTitle: 'Training step',
    yTitle: title,
    x: [...track.steps],
    lines: measured.slice(0, MOST_LINES).map((subject) => ({
      label: subject.name,
      values: Array.from(subject.series.get(series)!.values, known),
    })),
  };
}

function positive(share: number): number | null {
  return share > 1e-8 ? known(share) : null;
}
