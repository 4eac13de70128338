// Writes the drawn digits of examples/neural-collapse.yaml for bench/known_torch.py: node bench/known-data.mjs FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawSynthetic } from '../dist/datasets/synthetic/synthetic-data.js';

const [folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const { inputs, labels } = drawSynthetic('digits', { kind: 'small_digits', count: 500, seed: 0 });
writeFileSync(join(folder, 'digits.f32'), inputs);
writeFileSync(join(folder, 'labels.u8'), labels);
