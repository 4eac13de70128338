import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { compiledProgram } from '../compiled-program.ts';
import { itWith } from '../requirements.ts';

itWith(
  compiledProgram('index.d.ts'),
  'packaging/api-report.txt is the public interface as it is: npm run build && npm run api writes it anew',
  () => {
    const script = resolve(import.meta.dirname, '../../packaging/api-report.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  },
);
