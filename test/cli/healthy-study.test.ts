import { join } from 'node:path';
import { expect } from 'vitest';
import { itWith, patience } from '../requirements.ts';
import { rankscope, scratchFolder } from './rankscope.ts';

itWith(
  patience,
  'finds no fault in a healthy study: several seeds, measured on centered activations, all above chance',
  () => {
    const study = join(scratchFolder(), 'study');
    const flags = ['--preset', 'demo', '--architectures', 'mlp_narrow', '--steps', '400'];
    expect(rankscope('train', ...flags, '--out', study, '--quiet').code).toBe(0);
    const report = JSON.parse(rankscope('report', study, '--json').out);
    expect(report.runs).toHaveLength(3);
    expect(report.warnings).toEqual([]);
  },
);
