/** Removes what an earlier build left: files of modules that are no more would be packed. */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';

rmSync(resolve(import.meta.dirname, '../dist'), { recursive: true, force: true });
