import { describe, expect, it } from 'vitest';
import {
  drawSynthetic,
  syntheticKinds,
  syntheticShape,
} from '../../src/datasets/synthetic/synthetic-data.ts';
import { syntheticSchema } from '../../src/study/synthetic-schema.ts';
import { exampleData } from '../datasets/synthetic/example-data.ts';

/** What data that the program draws keep, of whatever kind. */

it('every kind has an example, and study files may name it', () => {
  expect([...new Set(exampleData.map(({ kind }) => kind))].sort()).toEqual(
    Object.keys(syntheticKinds).sort(),
  );
  for (const data of exampleData) {
    expect(syntheticSchema.parse({ name: 'x', ...data })).toMatchObject(data);
  }
});

describe.each(exampleData.map((data) => [data.kind, data] as const))('data of kind %s', (kind, data) => {
  it('have the shape that is told without drawing them', () => {
    const {
      inputs,
      labels,
      targets,
      exampleShape,
      classes,
      count,
      labelsPerExample = 1,
    } = drawSynthetic('x', data);
    const shape = syntheticShape(data);
    expect({ exampleShape, classes, count, labelsPerExample, isRegression: targets !== undefined }).toEqual({
      exampleShape: shape.exampleShape,
      classes: shape.classes,
      count: shape.count,
      labelsPerExample: shape.labelsPerExample,
      isRegression: shape.isRegression,
    });
    expect(inputs).toHaveLength(count * exampleShape.reduce((a, b) => a * b, 1));
    expect(labels).toHaveLength(count * labelsPerExample);
    expect(labels.every((label) => label < classes)).toBe(true);
    if (targets !== undefined) expect(targets).toHaveLength(count * classes);
    if (shape.vocabulary !== null) {
      const words = shape.vocabulary;
      expect(inputs.every((id) => Number.isInteger(id) && id >= 0 && id < words)).toBe(true);
    }
  });

  it('are the same for the same seed, and others for another, unless there is nothing to draw', () => {
    expect(drawSynthetic('x', data)).toEqual(drawSynthetic('x', data));
    const other = drawSynthetic('x', { ...data, seed: 2 });
    const differs = kind === 'linear_teacher' ? other.targets : other.inputs;
    const own =
      kind === 'linear_teacher' ? drawSynthetic('x', data).targets : drawSynthetic('x', data).inputs;
    if (kind === 'modular_addition') expect(differs).toEqual(own);
    else expect(differs).not.toEqual(own);
  });
});
