import { type NetworkReader, openNetworkReader, type ReadingJob } from './network-reader.ts';

/** Where the networks of runs are read: on this thread or another; the records are the same to the last bit. */
export interface Measurer {
  /** How many readings may be under way while training goes on. */
  readonly ahead: number;
  open(job: ReadingJob): Promise<NetworkReader>;
}

/** Reads at once, on the calling thread. */
export const measureHere: Measurer = { ahead: 0, open: openNetworkReader };
