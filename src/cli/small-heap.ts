import { setFlagsFromString } from 'node:v8';

/** Of fewer runs the heap stays small by itself. */
const MANY_RUNS = 100;

/**
 * From many runs on the engine collects what is left over once the heap has grown by three tenths. By itself it waits, where a machine has memory,
 * until there is twice to four times what is in use; collecting more often costs a tenth of the processor's time.
 */
export function keepHeapSmall(runs: number): void {
  if (runs > MANY_RUNS) setFlagsFromString('--heap-growing-percent=30');
}
