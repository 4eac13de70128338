import { readdirSync, readFileSync } from 'node:fs';
import { arch, platform, versions } from 'node:process';
import { fileURLToPath } from 'node:url';
import { RunningSha256 } from '../checksums/digest.ts';

/** The rooms whose code says what an analysis comes out as. */
export const analysisRooms = [
  ...['errors', 'wording', 'checksums', 'files', 'formats', 'numerics', 'spectra'],
  ...['measurements', 'derived', 'detectors', 'dynamics', 'validity', 'findings', 'workbench'],
] as const;

let known: string | undefined;

/**
 * A digest of everything but data and settings that the numbers of an analysis depend on: the program's own code, the packages that it is
 * used with, and the engine as it was built for this platform, whose `Math.exp` may differ in the last digit. What was found with another is not taken over.
 */
export function analysisCode(): string {
  known ??= digestOfCode();
  return known;
}

function digestOfCode(): string {
  const running = new RunningSha256();
  const add = (...texts: readonly string[]): void =>
    running.update(new TextEncoder().encode(`${texts.join('\n')}\n`));
  add(versions.v8, arch, platform);
  // Beside the compiled modules, or beside the sources that tests run.
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  for (const room of analysisRooms) {
    const folder = fileURLToPath(new URL(`../${room}/`, import.meta.url));
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith(ending)).sort()) {
      add(room, file);
      running.update(readFileSync(folder + file));
    }
  }
  running.update(readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url))));
  return running.digest();
}
