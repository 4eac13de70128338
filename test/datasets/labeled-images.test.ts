import { describe, expect, it } from 'vitest';
import { labeledImages } from '../../src/datasets/labeled-images.ts';

const images = { shape: [3, 1, 2], data: Uint8Array.of(0, 255, 51, 102, 153, 204), file: 'images' };
const labels = { shape: [3], data: Uint8Array.of(0, 9, 5), file: 'labels' };
const settings = { name: 'tiny', mean: 0.5, sd: 0.25, classes: 10 };

describe('labeledImages', () => {
  it('scales pixels to [0, 1] and standardizes them', () => {
    const dataset = labeledImages({ ...settings, images, labels });
    expect(dataset).toEqual({
      name: 'tiny',
      inputs: Float32Array.of(-2, 2, -1.2, -0.4, 0.4, 1.2),
      labels: Uint8Array.of(0, 9, 5),
      exampleShape: [1, 1, 2],
      classes: 10,
      count: 3,
    });
  });

  it('takes the class from the first of several columns', () => {
    const columns = { shape: [3, 2], data: Int32Array.of(7, -1, 8, 1000, 9, 3) };
    expect(labeledImages({ ...settings, images, labels: columns }).labels).toEqual(Uint8Array.of(7, 8, 9));
  });

  it('refuses images and labels of different number', () => {
    const two = { ...labels, shape: [2], data: Uint8Array.of(1, 2) };
    expect(() => labeledImages({ ...settings, images, labels: two })).toThrow(
      'labels: number of labels is 2; allowed: 3, one for each image of images',
    );
  });

  it('refuses a label that is no class', () => {
    const high = { ...labels, data: Uint8Array.of(0, 10, 5) };
    expect(() => labeledImages({ ...settings, images, labels: high })).toThrow(
      'labels: label 1 is 10; allowed: 0 to 9',
    );
    const negative = { ...labels, data: Int32Array.of(0, 1, -256) };
    expect(() => labeledImages({ ...settings, images, labels: negative })).toThrow('label 2 is -256');
  });

  it('refuses arrays that are no images or no labels', () => {
    expect(() => labeledImages({ ...settings, images: labels, labels })).toThrow('labels: shape is "[3]"');
    expect(() => labeledImages({ ...settings, images, labels: images })).toThrow(
      'images: shape is "[3,1,2]"',
    );
  });
});
