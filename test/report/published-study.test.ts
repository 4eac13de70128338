import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { parseNdtRun } from '../../src/imports/ndt/ndt-run.ts';
import { buildReport } from '../../src/report/build-report.ts';
import { describeWithSharedData } from '../shared-data.ts';
import { unpackedRuns } from './unpacked.ts';

describeWithSharedData('the report of 55 published runs', 'ndt/runs', (folder) => {
  it('is one page of at most 4 MB that holds every run, its series and its heatmap', async () => {
    const runs = readdirSync(folder)
      .sort()
      .map((file) => parseNdtRun(readFileSync(join(folder, file), 'utf8'), file));
    const files = await buildReport({
      manifest: {
        schemaVersion: 1,
        tool: { name: 'rankscope', version: '0.0.0' },
        title: 'Fifty-five published runs',
        origin: 'imported',
        source: 'NDT',
        settings: {},
        machine: {},
        runs: runs.map(({ id }) => id),
      },
      runs,
      analysis: analyzeStudy(runs),
      tables: [],
    });
    const page = files.get('index.html') as string;
    expect(runs).toHaveLength(55);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(4e6);
    expect(page.includes('activations not centered')).toBe(true);
    const embedded = unpackedRuns(page);
    expect(embedded).toHaveLength(55);
    embedded.forEach((run, i) => {
      expect(run.id).toBe(runs[i].id);
      expect(run.layers).toHaveLength(runs[i].layers.length);
      expect(Object.keys(run.layers[0].series).sort()).toEqual([...runs[i].layers[0].series.keys()].sort());
    });
    for (const { id } of runs) expect(files.has(`figures/runs/${id}-heatmap.svg`), id).toBe(true);
  });
});
