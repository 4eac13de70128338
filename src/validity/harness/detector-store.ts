import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { detectorNamed } from '../../detectors/registry.ts';
import type { Detector } from '../../detectors/types.ts';
import { InputError } from '../../errors/input-error.ts';
import type { DetectorSource, DetectorUnderTest } from './types.ts';

/** A name for reports. */
export function nameOfSource(source: DetectorSource): string {
  return source.type === 'built-in' ? source.name : source.type === 'module' ? source.path : source.command;
}

/**
 * Makes a detector ready to be tested. A module or command of the user's is run with all the rights of the user.
 *
 * A module's default export is `(values: Float64Array, alpha: number) => number[] | null`, indices of the first value
 * after each change, or null where the series cannot be tested. A command reads the values from standard input, one a
 * line, has alpha in the environment variable RANKSCOPE_ALPHA, and writes the indices; or `not testable`.
 *
 * @throws InputError where there is no such detector; and later, from the detector, where it fails or answers otherwise.
 */
export async function openDetector(source: DetectorSource): Promise<DetectorUnderTest> {
  if (source.type === 'built-in') return ownDetector(detectorNamed(source.name));
  return source.type === 'module' ? moduleDetector(source.path) : commandDetector(source.command);
}

/** One of our detectors; its intervals are tested as well. */
export function ownDetector(detector: Detector): DetectorUnderTest {
  let counted = new Float64Array();
  return (values, alpha, steps) => {
    if (counted.length !== values.length) counted = Float64Array.from(values.keys());
    // Where no steps are given they are indices, so that intervals are in indices too.
    const detection = detector({ steps: steps ?? counted, values }, { alpha });
    return detection.testable ? detection.changes.map(({ index, interval }) => ({ index, interval })) : null;
  };
}

async function moduleDetector(path: string): Promise<DetectorUnderTest> {
  let detect: unknown;
  try {
    ({ default: detect } = await import(pathToFileURL(resolve(path)).href));
  } catch (error) {
    throw new InputError({ file: path, allowed: `a JavaScript module (${firstLine(error)})` });
  }
  if (typeof detect !== 'function') {
    throw new InputError({
      file: path,
      field: 'default export',
      allowed: '(values, alpha) => number[] | null',
    });
  }
  return (values, alpha) => {
    let answer: unknown;
    try {
      answer = detect(values.slice(), alpha);
    } catch (error) {
      throw new InputError({ file: path, allowed: `a detector that does not throw (${firstLine(error)})` });
    }
    return answer === null ? null : changesAt(answer, values.length, path);
  };
}

/** A command gets this long for one series. */
const patienceMs = 60_000;

function commandDetector(command: string): DetectorUnderTest {
  return (values, alpha) => {
    const { status, signal, stdout, stderr, error } = spawnSync(command, {
      shell: true,
      input: `${values.join('\n')}\n`,
      encoding: 'utf8',
      env: { ...process.env, RANKSCOPE_ALPHA: String(alpha) },
      timeout: patienceMs,
    });
    if (status !== 0) {
      const why = firstLine(stderr || error || `it ended with ${signal ?? `code ${status}`}`);
      throw new InputError({
        field: '--command',
        value: command,
        allowed: `one that ends with code 0 (${why})`,
      });
    }
    const answer = stdout.trim();
    if (/^not testable/i.test(answer)) return null;
    const numbers = answer === '' ? [] : answer.split(/[\s,]+/).map(Number);
    return changesAt(numbers, values.length, command);
  };
}

function changesAt(answer: unknown, n: number, file: string): { index: number; interval: null }[] {
  const allowed = `indices from 0 to ${n - 1}`;
  if (!Array.isArray(answer) && !ArrayBuffer.isView(answer)) {
    throw new InputError({
      file,
      field: 'answer',
      value: answer,
      allowed: `an array of ${allowed}, or null`,
    });
  }
  const indices = Array.from(answer as ArrayLike<unknown>, (index) => {
    if (Number.isInteger(index) && (index as number) >= 0 && (index as number) < n) return index as number;
    throw new InputError({ file, field: 'answer', value: index, allowed });
  });
  return [...new Set(indices)].map((index) => ({ index, interval: null }));
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
