/** A number that Python holds as a float and therefore writes with a point or an exponent: `1.0`, not `1`. */
export class PythonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** Marks a number as a Python float; a bare number is written as an integer. */
export function float(value: number): PythonFloat {
  return new PythonFloat(value);
}

/** A dictionary in insertion order. A Map keeps keys such as `"10"` in their place, which an object would not. */
export type PythonDict = ReadonlyMap<string, PythonValue> | { readonly [key: string]: PythonValue };
export type PythonValue = boolean | number | string | PythonFloat | readonly PythonValue[] | PythonDict;

/**
 * A float as Python's `repr` writes it: the shortest digits that read back to the same number, with an exponent
 * of at least two digits below 1e-4 and from 1e16 on.
 *
 * @example
 * pythonFloat(1); // '1.0'
 * pythonFloat(0.00001); // '1e-05'
 */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  // Without an argument toExponential gives the same shortest digits that Python chooses.
  const [mantissa, exponentText] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const sign = value < 0 ? '-' : '';
  const digits = mantissa.replace('-', '').replace('.', '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

/**
 * JSON text as Python's `json.dump(value, file, indent=2)` writes it: ASCII only, the bare tokens `NaN` and
 * `Infinity` (which are not JSON), no newline at the end.
 */
export function pythonJson(value: PythonValue, indent = ''): string {
  if (value instanceof PythonFloat) return jsonFloat(value.value);
  if (typeof value === 'string') return jsonString(value);
  if (typeof value !== 'object') return String(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return bracket(
      value.map((item) => pythonJson(item, inner)),
      '[',
      ']',
      indent,
    );
  }
  const members = entriesOf(value as PythonDict).map(
    ([key, item]) => `${jsonString(key)}: ${pythonJson(item, inner)}`,
  );
  return bracket(members, '{', '}', indent);
}

/** CSV text as pandas' `to_csv(index=False)` writes it: NaN as an empty cell, quotes only where needed. */
export function pandasCsv(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const line = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\n`;
  return line(columns) + rows.map(line).join('');
}

export type CsvCell = number | string | PythonFloat;

function csvCell(cell: CsvCell): string {
  if (cell instanceof PythonFloat) return Number.isNaN(cell.value) ? '' : pythonFloat(cell.value);
  if (typeof cell === 'number') return String(cell);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return pythonFloat(value);
}

function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function entriesOf(dict: PythonDict): [string, PythonValue][] {
  return dict instanceof Map ? [...dict] : Object.entries(dict);
}

function bracket(parts: string[], open: string, close: string, indent: string): string {
  return parts.length === 0
    ? open + close
    : `${open}\n${indent}  ${parts.join(`,\n${indent}  `)}\n${indent}${close}`;
}
