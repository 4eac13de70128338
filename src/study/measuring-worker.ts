import { parentPort } from 'node:worker_threads';
import type { Activation } from '../training/train.ts';
import { measureLayer } from './measure-layer.ts';

/** A worker thread that answers every list of matrices with the list of their records. */
const port = parentPort!;
port.on('message', (matrices: readonly Activation[]) => port.postMessage(matrices.map(measureLayer)));
