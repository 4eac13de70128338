#!/usr/bin/env bash
# onnxruntime-node 1.30.0: `session.run(feeds)` returns before the fed arrays are read. A Float32Array that is changed after the
# call, and before its promise resolves, changes the result; no error says so. Whoever starts a second run through the same
# buffer gets wrong numbers for the first.
# Seen: Identity of [1, 1, 1, 1], filled with 2 right after the call, gives [2, 2, 2, 2]. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts onnxruntime-node@1.30.0
cat > seen.mjs <<'JS'
import { InferenceSession, Tensor } from 'onnxruntime-node';

// A model of one Identity over four float32 values, encoded by hand as protobuf.
const bytes = (field, content) => [(field << 3) | 2, content.length, ...content];
const text = (field, value) => bytes(field, [...new TextEncoder().encode(value)]);
const number = (field, value) => [field << 3, value];
const value = (name) => [
  ...text(1, name),
  ...bytes(2, bytes(1, [...number(1, 1), ...bytes(2, bytes(1, number(1, 4)))])),
];
const node = [...text(1, 'x'), ...text(2, 'y'), ...text(4, 'Identity')];
const graph = [...bytes(1, node), ...text(2, 'g'), ...bytes(11, value('x')), ...bytes(12, value('y'))];
const model = Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, number(2, 13))]);

const session = await InferenceSession.create(model);
const x = new Float32Array(4).fill(1);
const pending = session.run({ x: new Tensor('float32', x, [4]) });
x.fill(2);
const { y } = await pending;
console.log(`onnxruntime-node 1.30.0: fed 1, filled with 2 after run(): ${[...y.data]}`);
process.exit([...y.data].every((seen) => seen === 2) ? 0 : 1);
JS
node seen.mjs
