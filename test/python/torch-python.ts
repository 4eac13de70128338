import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { type Requirement, toolsDemanded } from '../requirements.ts';

export const repository = resolve(import.meta.dirname, '../..');

/** Where a Python with PyTorch is looked for: Debian's package belongs to the system's own. */
const candidates = [process.env.RANKSCOPE_PYTHON, '/usr/bin/python3', 'python3', 'python'];

const found = candidates.find(
  (command) =>
    command !== undefined && spawnSync(command, ['-c', 'import torch'], { timeout: 60_000 }).status === 0,
);

/** Tests of the recorder need a Python that has PyTorch; RANKSCOPE_PYTHON names one. */
export const torchPython: Requirement = {
  missing: found === undefined ? 'there is no python3 with PyTorch' : null,
  demanded: toolsDemanded,
};

/** Runs a Python program on one thread, the recorder within its reach. */
export function runPython(args: readonly string[], cwd: string = repository): SpawnSyncReturns<string> {
  return spawnSync(found!, args, {
    cwd,
    encoding: 'utf8',
    timeout: 280_000,
    env: {
      ...process.env,
      PYTHONPATH: resolve(repository, 'python'),
      PYTHONDONTWRITEBYTECODE: '1',
      OMP_NUM_THREADS: '1',
      PYTHONUTF8: '1',
    },
  });
}
