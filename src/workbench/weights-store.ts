import { join, resolve } from 'node:path';
import { type DrawingOptions, renderSvg } from '../figures/render-svg.ts';
import { weightSpectraSpec } from '../figures/weight-spectra.ts';
import { writeFiles } from '../files/write-files.ts';
import { writeRun } from '../measurements/log-store.ts';
import { createStudy, noteEndedLogs } from '../measurements/study-store.ts';
import { weightsPage } from '../report/weights-page.ts';
import { tableFiles } from '../tables/table-files.ts';
import { weightsJson } from '../weights/weights-json.ts';
import { weightsRun } from '../weights/weights-run.ts';
import { type ExaminedCheckpoint, weightsTable } from '../weights/weights-table.ts';
import { tool } from './provenance.ts';

/** A page stays readable, and small, with so many panels for each checkpoint. */
const mostPanels = 200;

/** Where the results of `examineWeights` lie. */
export interface WrittenWeights {
  readonly page: string;
  /** The folder, if it is a study: where there were several checkpoints. */
  readonly study: string | null;
}

/**
 * Writes what `examineWeights` found: a page with the spectra, the table as CSV, JSON, figures, and of several checkpoints a
 * study in which every matrix is a layer.
 *
 * @throws InputError where checkpoints make no study (a step that is not known or comes twice, other matrices), or one is
 *   there already and `overwrite` is not set.
 * @example
 * const { page } = await writeWeights('my-weights', await examineWeights(['model.safetensors']));
 */
export async function writeWeights(
  folder: string,
  checkpoints: readonly ExaminedCheckpoint[],
  options: { readonly overwrite?: boolean } & DrawingOptions = {},
): Promise<WrittenWeights> {
  // Before anything is written: checkpoints that make no study are refused.
  const run = checkpoints.length > 1 ? weightsRun('weights', checkpoints) : null;
  const table = weightsTable(checkpoints);
  const figures: { caption: string; svg: string }[] = [];
  for (const { checkpoint, matrices } of checkpoints) {
    const views = matrices
      .filter(({ spectrum }) => spectrum.undetermined === undefined)
      .slice(0, mostPanels)
      .map(({ name, spectrum, tail, bulk }) => ({
        name,
        eigenvalues: spectrum.singularValues.map((value) => value ** 2),
        tail: tail.determined ? { exponent: tail.exponent, from: tail.from, size: tail.tail } : null,
        edge: bulk?.edge ?? null,
      }));
    if (views.length === 0) continue;
    const more = views.length < matrices.length ? `, the first ${views.length} of ${matrices.length}` : '';
    figures.push({
      caption: `Eigenvalues of the weight matrices of ${checkpoint}${more}, on logarithmic axes.`,
      svg: await renderSvg(weightSpectraSpec(checkpoint, views), options),
    });
  }
  if (run !== null) {
    createStudy(
      folder,
      {
        schemaVersion: 2,
        tool,
        title: 'Weights of saved models',
        origin: 'probed',
        source: 'weights of checkpoints',
        settings: { checkpoints: checkpoints.map(({ checkpoint }) => checkpoint) },
        machine: {},
        runs: [run.id],
      },
      options,
    );
    writeRun(folder, run, options);
    noteEndedLogs(folder);
  }
  const page = weightsPage({
    title: 'Weights of saved models',
    tool,
    table,
    figures,
    notes: notesOf(checkpoints),
  });
  writeFiles(
    folder,
    new Map<string, string | Uint8Array>([
      ...tableFiles([table]),
      ['weights.json', `${JSON.stringify(weightsJson(checkpoints))}\n`],
      ['index.html', page],
      ...figures.map(({ svg }, i): [string, string] => [`spectra-${i}.svg`, svg]),
    ]),
  );
  return { page: resolve(join(folder, 'index.html')), study: run === null ? null : folder };
}

function notesOf(checkpoints: readonly ExaminedCheckpoint[]): string[] {
  return checkpoints.flatMap(({ checkpoint, tied, skipped }) => [
    ...tied.map(({ name, sameAs }) => `${checkpoint}: ${name} is ${sameAs}, counted once.`),
    ...[...skipped].map(([reason, names]) => `${checkpoint}: ${names.length} tensors left out, ${reason}.`),
  ]);
}
