import type { AnalysisJob } from './analysis-parts.ts';

/** What a thread is told of the study whose parts it analyzes. */
export interface ThreadJob extends AnalysisJob {
  /** The folder where what logs hold is kept; null for none. */
  readonly cache: string | null;
  /** The digest of the program that started it, with which its answers are kept; null where they are not compared. */
  readonly code: string | null;
}

/** Why a thread could not keep something, as it crosses to those who say so: of an error its message alone would come over. */
export type KeepingFault = Pick<NodeJS.ErrnoException, 'message' | 'code' | 'syscall' | 'path'>;

/** What is sent of a fault. */
export function sentFault({ message, code, syscall, path }: NodeJS.ErrnoException): KeepingFault {
  return { message, code, syscall, path };
}

/** The fault that was sent. */
export function faultOf({ message, syscall, ...told }: KeepingFault): Error {
  return Object.assign(new Error(message), syscall === undefined ? {} : { ...told, syscall });
}
