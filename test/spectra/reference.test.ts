import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../../src/checkpoints/safetensors.ts';
import { toFloat64 } from '../../src/checkpoints/tensor.ts';
import { type MetricName, metricNames, metrics } from '../../src/spectra/metrics.ts';
import { spectraOf } from '../../src/spectra/spectrum.ts';
import type { Matrix, Spectrum } from '../../src/spectra/types.ts';
import { describeWithSharedData } from '../shared-data.ts';
import { determinedValue } from './fixtures.ts';

/**
 * Every case of a reference file or folder: `<case>.matrix`, and for `raw` and `centered` the singular values and the
 * metrics in the order that `__metadata__.metrics_order` gives. RANKSCOPE_SPECTRA_REFERENCE names another one.
 */
const given = process.env.RANKSCOPE_SPECTRA_REFERENCE;
const small = join(import.meta.dirname, 'golden/spectra.safetensors');

interface ReferenceSpectrum {
  readonly singularValues: Float64Array;
  readonly metrics: Float64Array;
}

interface ReferenceCase {
  readonly name: string;
  readonly matrix: Matrix;
  readonly metricsOrder: readonly MetricName[];
  readonly raw: ReferenceSpectrum;
  readonly centered: ReferenceSpectrum;
}

/** Values from here on (as a share of σ₁) must be right to 1e-9; below 1e-6 nothing is claimed. */
const EXACT_FROM = 1e-3;
const LOST_BELOW = 1e-6;

describe('the spectra of small matrices are those of NumPy', () => testCases(small));
if (given === undefined) {
  describeWithSharedData('and of layers as wide as real ones', 'spectra-reference.safetensors', testCases);
} else {
  describe(`and those of ${given}`, () => testCases(given));
}

function testCases(place: string): void {
  const files = !statSync(place).isDirectory()
    ? [place]
    : readdirSync(place)
        .filter((name) => name.endsWith('.safetensors'))
        .sort()
        .map((name) => join(place, name));
  const cases = files.flatMap(readCases);

  it('are there', () => expect(cases.length).toBeGreaterThan(0));

  describe.each(cases)('$name', (reference) => {
    const spectra = spectraOf(reference.matrix);
    describe.each([
      { variant: 'raw', spectrum: spectra.raw, expected: reference.raw },
      { variant: 'centered', spectrum: spectra.centered, expected: reference.centered },
    ])('$variant', ({ spectrum, expected }) => {
      it('has the singular values within 1e-9 above 1e-3·σ₁ and an absolute 1e-9·σ₁ down to 1e-6·σ₁', () => {
        const largest = expected.singularValues[0];
        expect(spectrum.singularValues).toHaveLength(expected.singularValues.length);
        for (const [i, value] of expected.singularValues.entries()) {
          const error = Math.abs(spectrum.singularValues[i] - value);
          if (value > EXACT_FROM * largest)
            expect(error / value, `σ[${i}] = ${value}`).toBeLessThanOrEqual(1e-9);
          else if (value > LOST_BELOW * largest) expect(error, `σ[${i}]`).toBeLessThanOrEqual(1e-9 * largest);
          else expect(spectrum.singularValues[i], `σ[${i}]`).toBeLessThanOrEqual(2 * LOST_BELOW * largest);
        }
      });

      it('counts the values above 1e-6·σ₁ as reliable and no others', () => {
        const largest = expected.singularValues[0];
        // Values within 1e-3 of the limit may fall on either side.
        const surely = expected.singularValues.filter((value) => value > LOST_BELOW * 1.001 * largest).length;
        const perhaps = expected.singularValues.filter(
          (value) => value > LOST_BELOW * 0.999 * largest,
        ).length;
        expect(spectrum.reliable).toBeGreaterThanOrEqual(surely);
        expect(spectrum.reliable).toBeLessThanOrEqual(perhaps);
      });

      it.each(reference.metricsOrder.map((name, i) => ({ name, value: expected.metrics[i] })))(
        'has $name = $value',
        ({ name, value }) => {
          const error = Math.abs(determinedValue(metrics[name](spectrum)) - value) / value;
          expect(error).toBeLessThanOrEqual(metricTolerance(name, spectrum));
        },
      );
    });
  });
}

/**
 * 1e-9 where every non-zero singular value is reliable, and always for metrics of σ², to which lost values add at most
 * 1e-12. A lost value can be off by 3e-8·σ₁ (the square root of rounding), which moves a sum of σ by that much and the
 * entropy by that times ln(1e8) = 18.
 */
function metricTolerance(name: MetricName, { singularValues, reliable }: Spectrum): number {
  const lost = singularValues.subarray(reliable).filter((value) => value > 0).length;
  if (name === 'nuclear_norm_ratio') return 1e-9 + lost * 3e-8;
  if (name === 'participation_ratio_singular') return 1e-9 + lost * 6e-8;
  if (name === 'effective_rank') return 1e-9 + lost * 6e-7;
  return name === 'rank_90' ? 0 : 1e-9;
}

function readCases(file: string): ReferenceCase[] {
  const { metadata, tensors } = readSafetensors(readFileSync(file), basename(file));
  const metricsOrder = metadata.metrics_order.split(', ').map((entry) => metricNamed(entry.split('=')[0]));
  const numbers = (name: string): Float64Array => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`${file} has no ${name}`);
    return toFloat64(tensor);
  };
  const spectrum = (name: string): ReferenceSpectrum => ({
    singularValues: numbers(`${name}.singular_values`),
    metrics: numbers(`${name}.metrics`),
  });
  return [...tensors.keys()]
    .filter((key) => key.endsWith('.matrix'))
    .map((key) => {
      const name = key.slice(0, -'.matrix'.length);
      const { shape, data } = tensors.get(key)!;
      if (!(data instanceof Float32Array || data instanceof Float64Array)) {
        throw new Error(`${file}: ${key} holds no floats`);
      }
      return {
        name: `${basename(file)}: ${name}`,
        matrix: { data, rows: shape[0], columns: shape[1] },
        metricsOrder,
        raw: spectrum(`${name}.raw`),
        centered: spectrum(`${name}.centered`),
      };
    });
}

function metricNamed(text: string): MetricName {
  const name = metricNames.find((candidate) => candidate === text.trim());
  if (name === undefined) throw new Error(`the reference has a metric ${text} that is none of ours`);
  return name;
}
