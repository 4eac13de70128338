import { InputError } from '../errors/input-error.ts';
import type { Dataset } from './types.ts';

const classes = 10;
const exampleShape = [3, 32, 32];
const plane = 32 * 32;
const imageBytes = 3 * plane;
const recordBytes = 1 + imageBytes;
/** Of the training pixels, scaled to [0, 1]; red, green, blue. */
const mean = [0.4914, 0.4822, 0.4465];
const sd = [0.247, 0.2435, 0.2616];

/** One file of CIFAR-10's binary version. */
export interface CifarBatch {
  readonly bytes: Uint8Array;
  readonly file?: string;
}

/**
 * Reads CIFAR-10's binary version (Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html): records of one
 * label byte and 3 × 32 × 32 pixel bytes, the red plane first.
 *
 * @param batches files to join, e.g. data_batch_1.bin to data_batch_5.bin.
 * @returns pixels scaled to [0, 1] and standardized channel by channel.
 * @throws InputError where a file holds no whole number of records or a label above 9.
 */
export function readCifar10(batches: readonly CifarBatch[]): Dataset {
  for (const { bytes, file } of batches) {
    if (bytes.length === 0 || bytes.length % recordBytes !== 0)
      throw new InputError({
        file,
        field: 'file length',
        value: bytes.length,
        allowed: `a multiple of ${recordBytes} bytes, the size of a record`,
      });
  }
  const count = batches.reduce((total, { bytes }) => total + bytes.length / recordBytes, 0);
  const inputs = new Float32Array(count * imageBytes);
  const labels = new Uint8Array(count);
  let example = 0;
  for (const { bytes, file } of batches) {
    for (let record = 0; record < bytes.length; record += recordBytes) {
      const label = bytes[record];
      if (label >= classes)
        throw new InputError({
          file,
          field: `label ${record / recordBytes}`,
          value: label,
          allowed: `0 to ${classes - 1}`,
        });
      labels[example] = label;
      for (let i = 0; i < imageBytes; i++) {
        const channel = Math.floor(i / plane);
        inputs[example * imageBytes + i] = (bytes[record + 1 + i] / 255 - mean[channel]) / sd[channel];
      }
      example++;
    }
  }
  return { name: 'cifar10', inputs, labels, exampleShape, classes, count };
}
