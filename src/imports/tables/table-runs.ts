import { curveNames } from '../curves/curve-names.ts';
import type { Points } from '../curves/points.ts';
import { RunBuilder } from '../curves/run-builder.ts';
import { Faults } from '../faults.ts';
import type { Imported, ReadingOptions } from '../importer.ts';
import type { Column } from './column.ts';
import { type NamedColumns, namedColumns } from './named-columns.ts';
import type { RowTable } from './table.ts';

/**
 * The runs of a table, wide (one column per curve) or long (one row per value, with columns for layer, metric and value, or for
 * the layer alone). A column of runs, or of seeds, tells runs apart.
 *
 * @param name of the run, where no column has one.
 * @throws InputError if a column that was asked for is not there, steps are none, or runs are mixed.
 */
export function tableRuns(
  table: RowTable,
  file: string,
  name: string,
  options: ReadingOptions = {},
): Imported {
  const columns = namedColumns(table, file, options.columns);
  const builder = new RunBuilder(file);
  const faults = new Faults(file);
  new TableRows(table, columns, builder, name, options).readAll(faults);
  faults.refuse();
  const { runs, notes } = builder.finish({ architecture: options.architecture, dataset: options.dataset });
  const order = runs.some(({ layers }) => layers.length > 1)
    ? ['depth of the layers: the order in which the log first names them']
    : [];
  return { runs, notes: [...columns.notes, ...table.notes, ...order, ...notes] };
}

/** Gives each row's run, layer and metric a small number, so that a million rows need no million keys of text. */
class TableRows {
  readonly #table: RowTable;
  readonly #columns: NamedColumns;
  readonly #builder: RunBuilder;
  readonly #name: string;
  readonly #parts: ReturnType<typeof curveNames>;
  readonly #layerTemplate: boolean;
  /** By run, layer and metric of the row. */
  readonly #points = new Map<string, Map<Column, Points>>();
  readonly #seen = new Set<string>();

  constructor(
    table: RowTable,
    columns: NamedColumns,
    builder: RunBuilder,
    name: string,
    { names }: ReadingOptions,
  ) {
    this.#table = table;
    this.#columns = columns;
    this.#builder = builder;
    this.#name = name;
    this.#parts = curveNames(names);
    this.#layerTemplate = columns.roles.layer !== undefined;
  }

  readAll(faults: Faults): void {
    const { roles, curves } = this.#columns;
    const values = roles.value === undefined ? curves : [roles.value];
    let lastKey: string | null = null;
    let points: Map<Column, Points> = new Map();
    const isPlain =
      roles.run === undefined &&
      roles.seed === undefined &&
      !this.#layerTemplate &&
      roles.metric === undefined;
    for (let row = 0; row < this.#table.rows; row++) {
      const key = isPlain ? '' : this.#keyOf(row);
      if (key !== lastKey) {
        points = this.#pointsOf(key, row);
        lastKey = key;
      }
      const step = roles.step === undefined ? row : roles.step.numberAt(row);
      if (!Number.isSafeInteger(step) || step < 0) {
        const place = `${this.#table.rowName(row)}, ${roles.step?.name ?? 'step'}`;
        faults.add(place, roles.step?.wordAt(row) || 'missing', 'a training step, a whole number from 0');
        continue;
      }
      for (const column of values) {
        const state = column.stateAt(row);
        if (state === 'absent') continue;
        let own = points.get(column);
        if (own === undefined) {
          own = this.#open(column, row);
          points.set(column, own);
        }
        own.add(step, state === 'number' ? column.numberAt(row) : Number.NaN);
        if (state !== 'number') this.#noteGap(column, row);
      }
    }
  }

  #keyOf(row: number): string {
    const { run, seed, layer, metric } = this.#columns.roles;
    return `${codeOf(run, row)}|${codeOf(seed, row)}|${codeOf(layer, row)}|${codeOf(metric, row)}`;
  }

  #pointsOf(key: string, row: number): Map<Column, Points> {
    let points = this.#points.get(key);
    if (points === undefined) {
      points = new Map();
      this.#points.set(key, points);
      this.#noteFacts(row);
    }
    return points;
  }

  /** The run of a row: as its column says, with the seed where that alone tells runs apart. */
  #runOf(row: number): string {
    const { run, seed, architecture, dataset } = this.#columns.roles;
    if (run !== undefined) return run.wordAt(row) || this.#name;
    const parts = [architecture, dataset].flatMap((column) => column?.wordAt(row) || []);
    const name = parts.length === 0 ? this.#name : parts.join('_');
    return seed === undefined ? name : `${name}_seed${seed.wordAt(row)}`;
  }

  #place(column: Column, row: number): { name: string; layer: string | null; metric: string } {
    const { layer, metric, value } = this.#columns.roles;
    const name = column === value && metric !== undefined ? metric.wordAt(row) : column.name;
    const own = layer?.wordAt(row) ?? '';
    if (own !== '') return { name: `${own}/${name}`, layer: own, metric: name };
    return { name, ...this.#parts(name) };
  }

  #open(column: Column, row: number): Points {
    const { name, layer, metric } = this.#place(column, row);
    return this.#builder.points(this.#runOf(row), name, layer, metric);
  }

  #noteGap(column: Column, row: number): void {
    const { layer, metric } = this.#place(column, row);
    this.#builder.noteGap(this.#runOf(row), layer, metric, column.gapReason(this.#table.rowName));
  }

  #noteFacts(row: number): void {
    const run = this.#runOf(row);
    const { architecture, dataset, seed, kind, layer } = this.#columns.roles;
    if (kind !== undefined && layer !== undefined) this.#noteKind(run, layer.wordAt(row), kind.wordAt(row));
    if (this.#seen.has(run)) return;
    this.#seen.add(run);
    const seedAt = seed?.numberAt(row) ?? Number.NaN;
    this.#builder.facts(run, {
      architecture: architecture?.wordAt(row) || undefined,
      dataset: dataset?.wordAt(row) || undefined,
      seed: Number.isSafeInteger(seedAt) && seedAt >= 0 ? seedAt : undefined,
    });
  }

  readonly #kinds = new Map<string, Map<string, string>>();

  #noteKind(run: string, layer: string, kind: string): void {
    if (layer === '' || kind === '') return;
    const kinds = this.#kinds.get(run) ?? new Map<string, string>();
    if (!kinds.has(layer)) kinds.set(layer, kind.slice(0, 100));
    this.#kinds.set(run, kinds);
    this.#builder.facts(run, { kinds });
  }
}

function codeOf(column: Column | undefined, row: number): string | number {
  if (column === undefined) return '';
  const code = column.codeAt(row);
  return code >= 0 ? code : `n${column.numberAt(row)}`;
}
