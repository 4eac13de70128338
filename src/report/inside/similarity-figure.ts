import { matrixPanelsSpec } from '../../figures/matrix-panels.ts';
import { SEQUENTIAL_SCHEME } from '../../figures/theme.ts';
import { ckaMatrix } from '../../mechanisms/representations/linear-cka.ts';
import type { Determined } from '../../spectra/types.ts';
import type { EvidenceFigure } from '../types.ts';
import type { InsideRun } from './inside-run.ts';
import { panelName } from './panel-name.ts';

const mostLayers = 8;

/** How similar each layer is to itself at other checkpoints, and all layers to one another at the last; null for one checkpoint. */
export function similarityFigure({ run, readings }: InsideRun): EvidenceFigure | null {
  const names = [...readings[0].activations.keys()].filter((name) => !/\.heads\.\d+$/.test(name));
  if (readings.length < 2 || names.length === 0 || readings[0].labels.length < 4) return null;
  const layers = names.slice(0, mostLayers);
  const representations = [
    ...layers.flatMap((name) => readings.map(({ activations }) => activations.get(name)!)),
  ];
  const count = readings.length;
  const similar = ckaMatrix(representations);
  const ofLayer = (layer: number) => similar.slice(layer * count, (layer + 1) * count);
  const title = 'How similar representations are';
  const lasts = layers.map((_, layer) => (layer + 1) * count - 1);
  const steps = readings.map(({ step }) => String(step));
  const panel = (name: string, rows: readonly (readonly Determined[])[]) => ({
    ...{ title: panelName(name, 16) },
    values: rows.flatMap((row) => row.map((value) => (value.determined ? value.value : Number.NaN))),
    ...{ rows: rows.length, columns: rows.length },
  });
  const panels = layers.map((name, layer) =>
    panel(
      name,
      ofLayer(layer).map((row) => row.slice(layer * count, (layer + 1) * count)),
    ),
  );
  const across = panel(
    'all layers',
    lasts.map((i) => lasts.map((j) => similar[i][j])),
  );
  const half = Math.ceil(panels.length / 2);
  const cell = Math.max(8, Math.floor(110 / count));
  return {
    title: `${run}: ${title}`,
    caption: `Debiased linear CKA on the probe examples: 1 is the same up to rotation and scale, 0 unrelated. Of each layer every checkpoint with every other (steps ${steps.join(', ')}); last, the ${layers.length} layers with one another at the last checkpoint, from the input on.`,
    spec: matrixPanelsSpec({
      ...{ title, subtitle: run },
      rows: [
        { title: 'by checkpoint', panels: panels.slice(0, half) },
        { title: 'by checkpoint', panels: [...panels.slice(half), across] },
      ],
      color: { title: 'Debiased linear CKA', domain: [0, 1], scheme: SEQUENTIAL_SCHEME },
      cell: [cell, cell],
    }),
  };
}
