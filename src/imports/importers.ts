import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { activationsImporter } from './activations/activations-importer.ts';
import { csvImporter } from './formats/csv.ts';
import { jsonImporter } from './formats/json-records.ts';
import { lightningImporter } from './formats/lightning.ts';
import { filesEnding } from './formats/merge-imported.ts';
import { trainerStateImporter } from './formats/trainer-state.ts';
import type { Importer, ImportSource } from './importer.ts';
import { mlflowImporter } from './mlflow/mlflow-importer.ts';
import { ndtImporter } from './ndt/ndt-importer.ts';
import { tensorboardImporter } from './tensorboard/tensorboard-importer.ts';
import { trackioImporter } from './trackio/trackio-importer.ts';
import { wandbImporter } from './wandb/wandb-importer.ts';

/** Every format that is read; the first that recognizes a source reads it, so that the surer ones stand before. */
export const importers: readonly Importer[] = [
  ndtImporter,
  tensorboardImporter,
  wandbImporter,
  trackioImporter,
  mlflowImporter,
  activationsImporter,
  trainerStateImporter,
  lightningImporter,
  jsonImporter,
  csvImporter,
];

/** @throws InputError if there is no such format. */
export function importerNamed(name: string): Importer {
  const found = importers.find((importer) => importer.name === name);
  if (found !== undefined) return found;
  throw new InputError({
    field: '--from',
    value: name,
    allowed: oneOf(
      name,
      importers.map((known) => known.name),
    ),
  });
}

/** @throws InputError if these files look like no format that is known. */
export function recognizeImporter(source: ImportSource): Importer {
  const found = importers.find((importer) => importer.recognizes(source));
  if (found !== undefined) return found;
  // JSON that shows of no format what it is, damaged perhaps: this reader says where the fault is.
  if (filesEnding(source, /\.json$/i).length > 0) return ndtImporter;
  const formats = importers.map(({ name, reads }) => `${name} (${reads})`).join(', ');
  throw new InputError({
    file: source.path,
    allowed: `a log in one of these formats: ${formats}; with --from <name> the reader of that format says what it is missing`,
  });
}
