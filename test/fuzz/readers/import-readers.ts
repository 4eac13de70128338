import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../../src/imports/sqlite/database.ts';
import { readEventFile } from '../../../src/imports/tensorboard/events.ts';
import { readWandbLog } from '../../../src/imports/wandb/wandb-log.ts';
import type { FuzzedReader } from '../fuzzed-reader.ts';

const golden = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../imports/golden', path)));

export const importReaders: readonly FuzzedReader[] = [
  {
    name: 'event-file',
    source: 'imports/tensorboard/events.ts',
    samples: () => [
      golden('tensorboard/run_a/events.out.tfevents.1795897557.host'),
      golden('tensorboard-tensors/events.out.tfevents.1795897557.host.1.0'),
    ],
    read: (bytes) => readEventFile(bytes, 'x'),
  },
  {
    name: 'wandb',
    source: 'imports/wandb/wandb-log.ts',
    samples: () => [golden('wandb/offline-run-20261128_234419-abcd1234/run-abcd1234.wandb')],
    read: (bytes) => readWandbLog(bytes, 'x.wandb'),
  },
  {
    name: 'sqlite',
    source: 'imports/sqlite/database.ts',
    samples: () => [golden('wal/log.db')],
    read: (bytes) => {
      const database = openSqlite(bytes, null, 'x.db');
      return database.tables.map((table) => [...database.rows(table)]);
    },
  },
];
