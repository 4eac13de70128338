import { InputError } from '../errors/input-error.ts';
import type { IdxArray } from './idx.ts';
import type { Dataset } from './types.ts';

/** An IDX array and the file that it came from, for messages. */
export interface IdxSource extends IdxArray {
  readonly file?: string;
}

export interface LabeledImagesOptions {
  readonly name: string;
  /** [count, height, width], bytes 0 to 255. */
  readonly images: IdxSource;
  /** [count] classes, or [count, k] with the class first, as QMNIST has them. */
  readonly labels: IdxSource;
  /** Of all pixels, scaled to [0, 1]. */
  readonly mean: number;
  readonly sd: number;
  readonly classes: number;
}

/**
 * Joins images with their labels: pixels are scaled to [0, 1], then standardized as (pixel − mean) / sd.
 *
 * @returns `exampleShape` [1, height, width].
 * @throws InputError where the two do not belong together or a label is out of range.
 */
export function labeledImages({ name, images, labels, mean, sd, classes }: LabeledImagesOptions): Dataset {
  const [count, height, width] = images.shape;
  if (images.shape.length !== 3 || !(images.data instanceof Uint8Array))
    throw new InputError({
      file: images.file,
      field: 'shape',
      value: `[${images.shape}]`,
      allowed: '[count, height, width] of unsigned bytes',
    });
  if (labels.shape.length > 2 || labels.shape.includes(0))
    throw new InputError({
      file: labels.file,
      field: 'shape',
      value: `[${labels.shape}]`,
      allowed: '[count] or [count, columns], none of them 0',
    });
  if (labels.shape[0] !== count)
    throw new InputError({
      file: labels.file,
      field: 'number of labels',
      value: labels.shape[0],
      allowed: `${count}, one for each image${images.file === undefined ? '' : ` of ${images.file}`}`,
    });
  const standardized = Float32Array.from({ length: 256 }, (_, pixel) => (pixel / 255 - mean) / sd);
  const inputs = new Float32Array(images.data.length);
  for (let i = 0; i < inputs.length; i++) inputs[i] = standardized[images.data[i]];
  return {
    name,
    inputs,
    labels: classLabels(labels, classes),
    exampleShape: [1, height, width],
    classes,
    count,
  };
}

function classLabels({ shape, data, file }: IdxSource, classes: number): Uint8Array {
  const columns = shape[1] ?? 1;
  return Uint8Array.from({ length: shape[0] }, (_, row) => {
    const label = data[row * columns];
    if (label < 0 || label >= classes)
      throw new InputError({ file, field: `label ${row}`, value: label, allowed: `0 to ${classes - 1}` });
    return label;
  });
}
