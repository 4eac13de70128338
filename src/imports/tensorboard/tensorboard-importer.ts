import { InputError } from '../../errors/input-error.ts';
import { counted, someOf } from '../../wording/sentences.ts';
import { curveNames } from '../curves/curve-names.ts';
import { RunBuilder } from '../curves/run-builder.ts';
import type { Imported, Importer, ImportSource, ReadingOptions, SourceFile } from '../importer.ts';
import { type EventFile, readEventFile } from './events.ts';

const eventFile = /(?:^|\/)[^/]*tfevents[^/]*$/;

/** TensorBoard's event files: those of one folder are one run, in the order in which they were begun. */
export const tensorboardImporter: Importer = {
  name: 'tensorboard',
  reads: 'event files of TensorBoard (events.out.tfevents…), one folder per run',
  recognizes: (source) => source.files.some(({ name }) => eventFile.test(name)),
  read: readEvents,
};

function readEvents(source: ImportSource, options: ReadingOptions): Imported {
  const files = source.isFolder ? source.files.filter(({ name }) => eventFile.test(name)) : source.files;
  if (files.length === 0) throw new InputError({ file: source.path, allowed: 'a folder with event files' });
  const builder = new RunBuilder(source.path, true);
  const parts = curveNames(options.names);
  const notes: string[] = [];
  for (const [run, own] of runsOf(files, source)) {
    const read = own
      .map((file) => ({ file, content: readEventFile(file.bytes(), file.path) }))
      .sort((a, b) => a.content.began - b.content.began);
    for (const { file, content } of read) {
      // A later file goes on where it begins; what the one before has from there on was measured in vain.
      builder.resumeAt(
        run,
        content.scalars.reduce((least, { step }) => Math.min(least, step), Number.POSITIVE_INFINITY),
      );
      for (const { tag, step, value } of content.scalars) {
        const { layer, metric } = parts(tag);
        builder.points(run, tag, layer, metric).add(step, value);
        if (!Number.isFinite(value)) builder.noteGap(run, layer, metric, `step ${step} is ${value}`);
      }
      notes.push(...remarks(file, content));
    }
    if (read.length > 1)
      notes.push(`${run}: ${counted(read.length, 'event file')}, in the order in which they were begun`);
  }
  const { runs, notes: more } = builder.finish({
    architecture: options.architecture,
    dataset: options.dataset,
  });
  return { runs, notes: [...notes, ...more] };
}

function runsOf(files: readonly SourceFile[], { path, isFolder }: ImportSource): Map<string, SourceFile[]> {
  const runs = new Map<string, SourceFile[]>();
  const own = path.split(/[\\/]/).filter((part) => part !== '');
  // A file by itself is of the run that its folder is named after.
  const base = (isFolder ? own.at(-1) : own.at(-2)) ?? 'run';
  for (const file of files) {
    const folder = file.name.split('/').slice(0, -1).join('_');
    const run = folder === '' ? base : folder;
    runs.set(run, [...(runs.get(run) ?? []), file]);
  }
  return runs;
}

function remarks({ name }: SourceFile, { tornAt, others }: EventFile): string[] {
  return [
    ...(tornAt === null
      ? []
      : [`${name}: the last record, at byte ${tornAt}, is cut short and was left out`]),
    ...(others.size === 0 ? [] : [`${name}: no scalars: ${someOf([...others])}`]),
  ];
}
