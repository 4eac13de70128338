#!/usr/bin/env bash
# @tensorflow/tfjs-backend-wasm 4.22.0: `tf.matMul` with `transposeA` or `transposeB` takes several times as long as transposing first
# and multiplying then, which it saves one from. Only products without a transpose go to XNNPACK; the others take a plain loop. Every
# gradient of a dense layer is such a product, so that training pays for it at each step, and its user cannot choose.
# Seen: [32, 512] by a transposed [512, 512] 3 to 7 times, a transposed [32, 512] by [32, 512] 7 to 15 times as long;
# the same numbers. Fails unless both are slower by half again.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cat > seen.cjs <<'JS'
const { join } = require('node:path');
const tf = require('@tensorflow/tfjs');
const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
setWasmPaths(join(__dirname, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'));

(async () => {
  await tf.setBackend('wasm');
  await tf.ready();
  const normal = (rows, columns, seed) => tf.randomNormal([rows, columns], 0, 1, 'float32', seed);
  const [x, w, dy] = [normal(32, 512, 1), normal(512, 512, 2), normal(32, 512, 3)];
  const products = [
    ['x by a transposed w', () => tf.matMul(x, w, false, true), () => tf.matMul(x, tf.transpose(w))],
    ['a transposed x by dy', () => tf.matMul(x, dy, true, false), () => tf.matMul(tf.transpose(x), dy)],
  ];
  // The least of many calls: what the engine's compiler and the rest of the machine do meanwhile is not in it.
  const took = async (product) => {
    let least = Infinity;
    for (let i = 0; i < 40; i++) {
      const before = performance.now();
      tf.tidy(() => void product().dataSync());
      least = Math.min(least, performance.now() - before);
      await new Promise((later) => setTimeout(later, 10));
    }
    return least;
  };
  let slower = true;
  for (const [name, asked, transposed] of products) {
    const [a, b] = [asked(), transposed()].map((product) => product.dataSync());
    if (a.some((value, i) => Math.abs(value - b[i]) > 1e-3)) throw new Error(`${name}: different numbers`);
    const [direct, first] = [await took(asked), await took(transposed)];
    const ratio = direct / first;
    console.log(`${name}: ${direct.toFixed(2)} ms asked of matMul, ${first.toFixed(2)} ms transposed first: ${ratio.toFixed(1)} times`);
    slower &&= ratio > 1.5;
  }
  process.exit(slower ? 0 : 1);
})();
JS
node seen.cjs
