import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../src/checksums/digest.ts';
import type { Run } from '../../src/measurements/types.ts';

/** All files of a study, by their paths in it. */
export function filesOf(folder: string): Map<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names.flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory()
        ? []
        : [[name.replaceAll('\\', '/'), new Uint8Array(readFileSync(path))]];
    }),
  );
}

/** The same, told apart by digests. */
export function fingerprint(folder: string): string[] {
  return [...filesOf(folder)].map(([name, bytes]) => `${name} ${sha256(bytes)}`);
}

/** Makes a folder hold these files and no others. */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, bytes] of files) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

/** Everything that a run says, spectra too, in a form that can be compared up to some step. */
export function contentOf(run: Run, upTo = Number.POSITIVE_INFINITY): string {
  const n = run.steps.findIndex((step) => step > upTo);
  const measured = n === -1 ? run.steps.length : n;
  const { steps, loss, gradientNorm, layers, evaluations, tracks, complete, stopped, ...facts } = run;
  return JSON.stringify([
    facts,
    [steps, loss, gradientNorm].map((values) => Array.from(values.slice(0, measured))),
    layers.map(({ series, spectra, ...layer }) => [
      layer,
      [...series].map(([id, { values, undetermined, ...about }]) => [
        id,
        about,
        Array.from(values.slice(0, measured)),
        undetermined.filter(({ index }) => index < measured),
      ]),
      [spectra?.complete?.centered, spectra?.complete?.raw].map((spectrums) =>
        spectrums
          ?.slice(0, measured)
          .map((spectrum) => spectrum && { ...spectrum, singularValues: [...spectrum.singularValues] }),
      ),
    ]),
    evaluations.filter(({ step }) => step <= upTo),
    (tracks ?? []).map(({ id, steps: at, subjects }) => {
      const kept = Array.from(at).filter((step) => step <= upTo).length;
      return [
        id,
        Array.from(at.slice(0, kept)),
        subjects.map(({ series }) =>
          [...series.values()].map(({ values }) => Array.from(values.slice(0, kept))),
        ),
      ];
    }),
  ]);
}

/** Whether every measurement and evaluation of a run is one of those written. */
export function hasOnlyWritten(run: Run, written: Run): boolean {
  const places = Array.from(run.steps, (step) => written.steps.indexOf(step));
  return (
    places.every((place) => place >= 0) &&
    places.every((place, i) => Object.is(run.loss[i], written.loss[place])) &&
    run.layers.every((layer, l) =>
      [...layer.series].every(([id, { values }]) =>
        places.every((place, i) => Object.is(values[i], written.layers[l].series.get(id)!.values[place])),
      ),
    ) &&
    run.evaluations.every((evaluation) =>
      written.evaluations.some((other) => JSON.stringify(other) === JSON.stringify(evaluation)),
    )
  );
}
