import type { MatrixPanel } from '../../figures/matrix-panels.ts';
import { SEQUENTIAL_SCHEME } from '../../figures/theme.ts';
import type { AttentionMaps } from '../../mechanisms/attention/attention-maps.ts';
import { firstAndNow, panelRange } from './first-and-now.ts';
import type { FramedFigure, InsideRun } from './inside-run.ts';

/** Heads and tokens that fit beside and below one another. */
const [mostHeads, mostTokens] = [8, 64];

/** What the heads of each attention module look at, mean over the examples, beside the first checkpoint. */
export function attentionFigures({ run, readings }: InsideRun): FramedFigure[] {
  const [first] = readings;
  return [...first.attention.keys()].flatMap((module): FramedFigure[] => {
    const { keys, queries, heads } = first.attention.get(module)!;
    if (Math.max(keys, queries) > mostTokens) return [];
    const panels = new Map(
      readings.map((reading) => [reading.step, headPanels(reading.attention.get(module)!)]),
    );
    const [, largest] = panelRange(panels);
    const size = Math.max(3, Math.min(16, Math.floor(110 / keys)));
    const title = `What the heads of ${module} look at`;
    return [
      {
        ...{ name: `attention-${module}`, title: `${run}: ${title}` },
        caption: `Attention probabilities of each head, mean over the probe examples, at the first checkpoint and now; all on one scale. Rows are the tokens that look, columns those looked at.${heads > mostHeads ? ` The first ${mostHeads} of ${heads} heads.` : ''}`,
        frames: firstAndNow(panels, {
          ...{ title, subtitle: run },
          x: { title: 'Key' },
          y: { title: 'Query' },
          color: { title: 'Probability', domain: [0, largest], scheme: SEQUENTIAL_SCHEME },
          cell: [size, size],
        }),
      },
    ];
  });
}

/** Means over the examples in which a row is a distribution; NaN where none is. */
function headPanels(maps: AttentionMaps): MatrixPanel[] {
  const { examples, heads, queries, keys, probabilities, counts } = maps;
  return Array.from({ length: Math.min(heads, mostHeads) }, (_, head) => {
    const values = new Float64Array(queries * keys);
    for (let query = 0; query < queries; query++) {
      let rows = 0;
      for (let example = 0; example < examples; example++) {
        const row = (example * heads + head) * queries + query;
        if (counts[row] === 0) continue;
        rows++;
        for (let key = 0; key < keys; key++) values[query * keys + key] += probabilities[row * keys + key];
      }
      for (let key = 0; key < keys; key++) values[query * keys + key] /= rows;
    }
    return { title: `head ${head}`, values, rows: queries, columns: keys };
  });
}
