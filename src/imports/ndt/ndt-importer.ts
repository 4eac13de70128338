import { decodeUtf8 } from '../../formats/utf8.ts';
import { beginningOf, filesEnding, importEach } from '../formats/merge-imported.ts';
import type { Importer } from '../importer.ts';
import { parseNdtRun } from './ndt-run.ts';

const logs = /\.json$/;

/** The training logs of the published study. */
export const ndtImporter: Importer = {
  name: 'ndt',
  reads: 'training logs of Neural Dimensionality Tracking, one JSON file per run',
  recognizes: (source) =>
    filesEnding(source, logs).some((file) => {
      const beginning = beginningOf(file);
      return beginning.includes('"arch_name"') && beginning.includes('"measurement_interval"');
    }),
  read: (source) =>
    importEach(source.isFolder ? filesEnding(source, logs) : source.files, source, (file) => ({
      runs: [parseNdtRun(decodeUtf8(file.bytes(), file.path), file.path)],
      notes: [],
    })),
};
