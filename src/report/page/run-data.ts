import type { EmbeddedRun } from '../embedded-run.ts';
import { blockText } from './blocks.ts';
import type { LoadedRun } from './compare/series.ts';
import { unpackWithNumbers } from './unpack.ts';

const opened = new Map<number, Promise<LoadedRun & Pick<EmbeddedRun, 'markup'>>>();

/** A run of the page, unpacked once. @param index its place in the study. */
export function runData(index: number): Promise<LoadedRun & Pick<EmbeddedRun, 'markup'>> {
  const known = opened.get(index) ?? unpacked(index);
  opened.set(index, known);
  return known;
}

async function unpacked(index: number): Promise<LoadedRun & Pick<EmbeddedRun, 'markup'>> {
  const { value, numbers } = await unpackWithNumbers<EmbeddedRun>(blockText(`run-data-${index}`));
  const { measurements, layers, markup } = value;
  const part = (p: number): Float32Array => numbers.subarray(p * measurements, (p + 1) * measurements);
  return {
    index,
    markup,
    steps: part(0),
    loss: part(1),
    layers: layers.map(({ name, series, marks }) => ({
      name,
      marks,
      series: new Map(Object.entries(series).map(([id, p]) => [id, part(p)])),
    })),
  };
}
