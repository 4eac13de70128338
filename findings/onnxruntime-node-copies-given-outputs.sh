#!/usr/bin/env bash
# onnxruntime-node 1.30.0: outputs that are given to `session.run(feeds, fetches)` so that nothing need be allocated are filled in place,
# and then copied all the same: what comes back are other tensors in memory of their own, allocated at every run. Whoever calls a graph
# again and again into the same buffers pays for the copy, for fresh pages, and for collecting them.
# Seen: Identity of 4,000,000 numbers into a given tensor: the tensor holds the numbers; the one returned is another with the same
# numbers, and ten runs whose results nobody keeps allocate 160 MB of array buffers. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts onnxruntime-node@1.30.0
cat > seen.mjs <<'JS'
import { InferenceSession, Tensor } from 'onnxruntime-node';

// A model of one Identity over a vector of any length, encoded by hand as protobuf.
const bytes = (field, content) => [(field << 3) | 2, content.length, ...content];
const text = (field, value) => bytes(field, [...new TextEncoder().encode(value)]);
const number = (field, value) => [field << 3, value];
const value = (name) => [
  ...text(1, name),
  ...bytes(2, bytes(1, [...number(1, 1), ...bytes(2, bytes(1, text(2, 'n')))])),
];
const node = [...text(1, 'x'), ...text(2, 'y'), ...text(4, 'Identity')];
const graph = [...bytes(1, node), ...text(2, 'g'), ...bytes(11, value('x')), ...bytes(12, value('y'))];
const model = Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, number(2, 13))]);

const count = 4_000_000;
const session = await InferenceSession.create(model);
const x = new Tensor('float32', new Float32Array(count).fill(3), [count]);
const given = new Tensor('float32', new Float32Array(count), [count]);
const { y } = await session.run({ x }, { y: given });
const filled = given.data[count - 1] === 3;
const copied = y !== given && y.data.buffer !== given.data.buffer && y.data[count - 1] === 3;
console.log(`the given tensor is filled: ${filled}; another one comes back: ${copied}`);

let allocated = 0;
const seen = new Set([given.data.buffer]);
const kept = [];
for (let run = 0; run < 10; run++) {
  const { y: returned } = await session.run({ x }, { y: given });
  kept.push(returned);
  if (!seen.has(returned.data.buffer)) allocated += returned.data.byteLength;
  seen.add(returned.data.buffer);
}
console.log(`ten runs into the same tensor allocate ${allocated / 1e6} MB`);
process.exit(filled && copied && allocated === 160_000_000 ? 0 : 1);
JS
node seen.mjs
