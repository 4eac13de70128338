import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runsPath } from '../measurements/log-store.ts';

/** Of fewer runs the heap stays small by itself. */
const MANY_RUNS = 100;

/**
 * Of a study of many runs the engine collects what is left over once the heap has grown by three tenths. By itself it waits, where a machine has
 * memory, until there is twice to four times what is in use; collecting more often costs a tenth to a fifth of the processor's time. And it makes objects where
 * objects lie that stay, once many that the same line of the program has made did stay: of what is read of all runs a part does, but most is looked at once, and
 * would lie there until all memory is looked through. To be called before the study is opened: what the heap may grow to is settled with each collection.
 *
 * @param setFlag by which the engine is told; its own if absent.
 */
export function keepHeapSmall(study: string, setFlag: (flag: string) => void = setFlagsFromString): void {
  if (logsIn(study) <= MANY_RUNS) return;
  setFlag('--heap-growing-percent=30');
  setFlag('--no-allocation-site-pretenuring');
}

/** What is wrong with a folder that cannot be listed is said where the study is opened. */
function logsIn(study: string): number {
  try {
    return readdirSync(runsPath(study)).length;
  } catch {
    return 0;
  }
}
