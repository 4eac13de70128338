import type { TrackSummary } from '../dynamics/track-summary.ts';
import { formatPassage, formatPercent } from '../wording/numbers.ts';
import { formatTable } from './table.ts';

/** A run's tracks: weight matrices as a table, quantities of the whole network a line each. */
export function describeTracks(tracks: readonly TrackSummary[]): string {
  return tracks
    .map((track) => (track.track === 'weights' ? describeWeights(track) : describeNetwork(track)))
    .join('\n\n');
}

function describeWeights({ subjects, ...track }: TrackSummary): string {
  const header = [
    'matrix',
    'size',
    'stable rank',
    'tail exponent',
    'spectral norm',
    'from start',
    'last update',
  ];
  const rows = subjects.map(({ name, rows: units, columns, series }) => [
    name,
    `${units ?? '–'} × ${columns ?? '–'}`,
    formatPassage(series.stable_rank),
    formatPassage(series.tail_exponent),
    formatPassage(series.spectral_norm),
    formatPercent(series.distance_from_start?.last),
    formatPercent(series.update?.last),
  ]);
  return `${heading('Weights', track)}; from start, last update: relative change in the Frobenius norm\n${formatTable(header, rows)}`;
}

function describeNetwork({ track: id, subjects, ...track }: TrackSummary): string {
  const facts = subjects.flatMap(({ name, series }) =>
    Object.entries(series).map(([metric, ends]) => {
      const missing = ends.undetermined === 0 ? '' : ` (not determined ${times(ends.undetermined)})`;
      const subject = subjects.length === 1 && name === 'network' ? '' : `${name}  `;
      return `  ${subject}${metric.replaceAll('_', ' ').padEnd(22)}${formatPassage(ends)}${missing}`;
    }),
  );
  const title = id.replaceAll('-', ' ');
  return [heading(`${title[0].toUpperCase()}${title.slice(1)}`, { ...track, track: id }), ...facts].join(
    '\n',
  );
}

function heading(
  title: string,
  { measurements, firstStep, lastStep }: Omit<TrackSummary, 'subjects'>,
): string {
  const where = firstStep === null ? '' : `, steps ${firstStep} to ${lastStep}`;
  return `${title}: measured ${times(measurements)}${where}; first → last`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
