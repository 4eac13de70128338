import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process of which machine, so that it can be told whether it still runs. */
export interface ProcessIdentity {
  /** The machine's name, for people. */
  readonly host: string;
  /**
   * Names the table that `pid` is a number of: two processes can look for each other only if they share it. Containers
   * have tables of their own, and every start of a machine begins a new one. null where none can be told.
   */
  readonly processTable: string | null;
  readonly pid: number;
  /** When it started, in the system's own words: a number is given to another process in time. null: not told here. */
  readonly started: string | null;
}

/** What became of a process. */
export type ProcessState =
  | { readonly running: false }
  /** @property started as in `ProcessIdentity`. */
  | { readonly running: true; readonly started: string | null };

/** This process, as others may look for it. */
export function thisProcess(): ProcessIdentity {
  const state = processState(process.pid);
  return {
    host: hostname(),
    processTable: processTable(),
    pid: process.pid,
    started: state.running ? state.started : null,
  };
}

/** Looks for a process in this process's own table. One that is dead but not yet buried counts as gone. */
export function processState(pid: number): ProcessState {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return { running: false };
  }
  if (process.platform !== 'linux') return { running: true, started: null };
  try {
    // The name in parentheses may hold anything; state and start time are the 3rd and 22nd field.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return 'ZX'.includes(fields[0]) ? { running: false } : { running: true, started: fields[19] };
  } catch {
    return { running: true, started: null };
  }
}

function processTable(): string | null {
  if (process.platform !== 'linux') return `${process.platform} ${hostname()}`;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return null;
  }
}
