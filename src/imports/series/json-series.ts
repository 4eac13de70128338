import { InputError } from '../../errors/input-error.ts';
import { parsePythonJson } from '../../formats/json.ts';
import { MemoryBudget } from '../../formats/memory-budget.ts';
import {
  bytesPerSeries,
  type NamedSeries,
  numberCount,
  problemOfSteps,
  stepCounter,
} from './named-series.ts';

const shapes =
  '[numbers], {"name": [numbers], …} or {"steps": [numbers], "values": [numbers]}; null is a gap';

/**
 * The series of a JSON text: one array of numbers, `{steps, values}`, or an object that names several of either.
 *
 * @param name of a series that has none.
 * @throws InputError where the text is no JSON or holds something else.
 */
export function jsonSeries(text: string, file: string, name = 'series'): NamedSeries[] {
  // Python writes NaN and Infinity into JSON, which has neither.
  const content = parsePythonJson(text, { file, allowed: `JSON: ${shapes}` });
  const reading: Reading = { file, countingSteps: stepCounter(), counted: numberCount(file) };
  if (Array.isArray(content)) return [seriesOf(name, content, reading)];
  if (!isObject(content)) throw new InputError({ file, allowed: shapes });
  if (Array.isArray(content.steps) && Array.isArray(content.values)) {
    return [seriesOf(name, content, reading)];
  }
  const named = Object.entries(content);
  if (named.length === 0) throw new InputError({ file, allowed: shapes });
  new MemoryBudget(text.length, file).take(bytesPerSeries * named.length, 'series');
  return named.map(([key, value]) => seriesOf(key, value, reading));
}

/** What all series of a file share. */
interface Reading {
  readonly file: string;
  readonly countingSteps: ReturnType<typeof stepCounter>;
  readonly counted: ReturnType<typeof numberCount>;
}

function seriesOf(name: string, content: unknown, reading: Reading): NamedSeries {
  const { file, countingSteps } = reading;
  if (Array.isArray(content)) {
    const values = numbersOf(content, name, reading);
    return { name, series: { steps: countingSteps(values.length), values }, problem: null };
  }
  if (!isObject(content)) throw new InputError({ file, field: name, value: content, allowed: shapes });
  const values = numbersOf(content.values, `${name}.values`, reading);
  const steps = content.steps === undefined ? null : numbersOf(content.steps, `${name}.steps`, reading);
  if (steps !== null && steps.length !== values.length) {
    const allowed = `as many steps as values, ${values.length}`;
    throw new InputError({ file, field: `${name}.steps`, value: `${steps.length} numbers`, allowed });
  }
  const problem = steps === null ? null : problemOfSteps(steps);
  return {
    name,
    series: { steps: steps ?? countingSteps(values.length), values },
    problem: problem === null ? null : `the steps cannot be used: ${problem}`,
  };
}

function numbersOf(content: unknown, field: string, { file, counted }: Reading): Float64Array {
  if (!Array.isArray(content)) throw new InputError({ file, field, allowed: shapes });
  counted(content.length);
  return Float64Array.from(content, (value, i) => {
    if (value === null) return NaN;
    if (typeof value !== 'number') {
      throw new InputError({ file, field: `${field}[${i}]`, value, allowed: 'a number, or null for a gap' });
    }
    return Number.isFinite(value) ? value : NaN;
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
