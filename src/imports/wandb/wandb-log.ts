import { parsePythonJson } from '../../formats/json.ts';
import { protobufFields, utf8 } from '../protobuf-fields.ts';
import { leveldbRecords } from './leveldb-log.ts';

/** What a run logged in one call. */
export interface WandbRow {
  readonly step: number;
  /** By name, a key in a key with a dot between them; what is no JSON is left out. */
  readonly values: ReadonlyMap<string, unknown>;
}

/** A log that wandb keeps of one run. */
export interface WandbLog {
  readonly id: string;
  /** As people see it; may be empty. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly rows: readonly WandbRow[];
  /** Where the last record, which was cut short, begins; null for none. */
  readonly tornAt: number | null;
}

/** Numbers of the fields in wandb's messages (wandb_internal.proto, wandb 0.31). */
const inRecord = { history: 2, config: 5, run: 17 } as const;
const inHistory = { item: 1, step: 2 } as const;
const inRun = { id: 1, config: 4, name: 8 } as const;
const inConfig = { update: 1 } as const;
const inItem = { key: 1, nestedKey: 2, json: 16 } as const;
const inStep = { number: 1 } as const;

/**
 * Reads the binary log of a wandb run, `run-….wandb`: what was logged by step, and the settings.
 *
 * @throws InputError where it is damaged.
 */
export function readWandbLog(bytes: Uint8Array, file: string): WandbLog {
  const rows: WandbRow[] = [];
  const config: Record<string, unknown> = {};
  let [id, name] = ['', ''];
  let tornAt: number | null = null;
  const takeConfig = (message: Uint8Array): void => {
    for (const field of protobufFields(message, file)) {
      if (field.number !== inConfig.update) continue;
      const { key, value } = readItem(field.bytes, file);
      if (value !== undefined) config[key] = value;
    }
  };
  const records = leveldbRecords(bytes, file, (at) => {
    tornAt = at;
  });
  for (const record of records) {
    for (const { number, bytes: message } of protobufFields(record, file)) {
      if (number === inRecord.history) rows.push(readHistory(message, file));
      else if (number === inRecord.config) takeConfig(message);
      else if (number === inRecord.run) {
        for (const field of protobufFields(message, file)) {
          if (field.number === inRun.id) id = utf8(field.bytes);
          else if (field.number === inRun.name) name = utf8(field.bytes);
          else if (field.number === inRun.config) takeConfig(field.bytes);
        }
      }
    }
  }
  return { id, name, config, rows, tornAt };
}

function readHistory(message: Uint8Array, file: string): WandbRow {
  const values = new Map<string, unknown>();
  let step = 0;
  for (const { number, bytes } of protobufFields(message, file)) {
    if (number === inHistory.item) {
      const { key, value } = readItem(bytes, file);
      values.set(key, value);
    } else if (number === inHistory.step) {
      for (const field of protobufFields(bytes, file))
        if (field.number === inStep.number) step = field.integer;
    }
  }
  // Older versions say the step among the values alone.
  const own = values.get('_step');
  return { step: typeof own === 'number' ? own : step, values };
}

function readItem(message: Uint8Array, file: string): { readonly key: string; readonly value: unknown } {
  const keys: string[] = [];
  let json = '';
  for (const { number, bytes } of protobufFields(message, file)) {
    if (number === inItem.key || number === inItem.nestedKey) keys.push(utf8(bytes));
    else if (number === inItem.json) json = utf8(bytes);
  }
  return { key: keys.filter((key) => key !== '').join('.'), value: parsedOf(json) };
}

function parsedOf(json: string): unknown {
  try {
    return parsePythonJson(json);
  } catch {
    return undefined;
  }
}
