import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../src/checkpoints/safetensors.ts';
import { readStudy } from '../../src/measurements/study-store.ts';
import { rankscope, scratchFolder } from '../cli/rankscope.ts';
import { madeMatrix } from './made-matrix.ts';

const tensor = (rows: number, columns: number, decay = 0.5) => ({
  dtype: 'F32' as const,
  shape: [rows, columns],
  data: madeMatrix(rows, columns, decay).data,
});
const vector = { dtype: 'F32' as const, shape: [4], data: new Float32Array(4) };

/** A safetensors file of bfloat16, which the writer does not know: each float32 without its lower half. */
function bfloat16File(name: string, { shape, data }: ReturnType<typeof tensor>): Uint8Array {
  const halves = new Uint16Array(data.length);
  const bits = new Uint32Array(data.buffer);
  for (let i = 0; i < halves.length; i++) halves[i] = bits[i] >>> 16;
  const header = new TextEncoder().encode(
    JSON.stringify({ [name]: { dtype: 'BF16', shape, data_offsets: [0, halves.byteLength] } }),
  );
  const prefix = new DataView(new ArrayBuffer(8));
  prefix.setBigUint64(0, BigInt(header.length), true);
  return Buffer.concat([new Uint8Array(prefix.buffer), header, new Uint8Array(halves.buffer)]);
}

describe('rankscope weights', () => {
  it('measures shards of several types, tied weights once, and says what it left out', () => {
    const folder = scratchFolder();
    const a = tensor(60, 40);
    writeFileSync(
      join(folder, 'model-1.safetensors'),
      writeSafetensors(
        new Map([
          ['embed.weight', a],
          ['head.weight', { ...a }],
          ['norm.weight', vector],
        ]),
      ),
    );
    writeFileSync(join(folder, 'model-2.safetensors'), bfloat16File('fc.weight', tensor(30, 50)));
    const weight_map = { 'embed.weight': 'model-1.safetensors', 'fc.weight': 'model-2.safetensors' };
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map }));
    const { code, out, err } = rankscope('weights', folder, '--json');
    expect(err).toBe('');
    expect(code).toBe(0);
    const [{ matrices, tied, skipped }] = JSON.parse(out).checkpoints;
    expect(matrices.map(({ matrix, type, rows }: Record<string, unknown>) => [matrix, type, rows])).toEqual([
      ['embed.weight', 'F32', 60],
      ['fc.weight', 'BF16', 30],
    ]);
    expect(tied).toEqual([{ name: 'head.weight', sameAs: 'embed.weight' }]);
    expect(skipped).toEqual({ 'vectors and numbers': ['norm.weight'] });
    expect(matrices[0].singular_values).toHaveLength(40);
    expect(matrices[0].twin_largest).toBeGreaterThan(0);
    expect(rankscope('weights', folder, '--json').out).toBe(out);
    expect(rankscope('weights', folder, '--json', '--threads', '2').out).toBe(out);
  });

  it('makes a table, a page that asks for nothing, and of several checkpoints a study', () => {
    const folder = scratchFolder();
    const paths = [100, 200, 300].map((step, i) => {
      const path = join(folder, `checkpoint-${step}`);
      mkdirSync(path);
      writeFileSync(
        join(path, 'model.safetensors'),
        writeSafetensors(new Map([['fc.weight', tensor(20, 30, 0.3 * i)]])),
      );
      return path;
    });
    const out = join(folder, 'out');
    const answer = rankscope('weights', ...paths, '--out', out, '--no-twin');
    expect(answer.code).toBe(0);
    expect(answer.out).toMatch(/fc\.weight\s+20 × 30/);
    const page = readFileSync(join(out, 'index.html'), 'utf8');
    expect(page).toContain("default-src 'none'");
    expect(page.match(/<img /g)).toHaveLength(3);
    expect(readFileSync(join(out, 'weights.csv'), 'utf8').split('\r\n')).toHaveLength(5);
    const [run] = readStudy(out).runs;
    expect([...run.steps]).toEqual([100, 200, 300]);
    const [{ series, spectra, samples }] = run.layers;
    expect(samples).toBe(20);
    expect(spectra!.raw![2]).toHaveLength(20);
    const ranks = series.get('stable_rank.raw')!.values;
    expect(ranks[2]).toBeLessThan(ranks[0]);
    expect(rankscope('verify', out).code).toBe(0);
    expect(rankscope('weights', ...paths, '--out', out).err).toContain('unless told to overwrite it');
  });

  it('refuses checkpoints that are none, shards that are missing, and splits that do not exist', () => {
    const folder = scratchFolder();
    expect(rankscope('weights', join(folder, 'none.pt')).err).toContain('none.pt: allowed: a .safetensors');
    const index = join(folder, 'model.safetensors.index.json');
    writeFileSync(index, JSON.stringify({ weight_map: { a: 'gone.safetensors' } }));
    expect(rankscope('weights', index).err).toContain(
      'weight_map is "gone.safetensors"; allowed: shards that are there',
    );
    writeFileSync(index, JSON.stringify({ weight_map: { a: '../../secret.safetensors' } }));
    expect(rankscope('weights', index).err).toContain('the files beside it');
    const { code, err } = rankscope('weights', index, '--split', 'heads');
    expect(code).toBe(2);
    expect(err).toContain('allowed: taps, experts, qkv');
  });
});
