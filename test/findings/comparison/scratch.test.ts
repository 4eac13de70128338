import { it } from 'vitest';
import { compareStudies } from '../../../src/findings/comparison/compare-studies.ts';
import { createRandom } from '../../../src/numerics/random.ts';
import { simulatedStudy } from './simulated-study.ts';
it('x', () => {
  for (const seeds of [3]) {
    const rng = createRandom(`c${seeds}`);
    let any = 0; const N = 60; const kinds = new Map<string, [number, number]>(); let only = 0;
    const t = performance.now();
    for (let i = 0; i < N; i++) {
      const r = compareStudies(simulatedStudy('a', { seeds, layers: 3 }, rng), simulatedStudy('b', { seeds, layers: 3 }, rng));
      if (r.differing > 0) any++;
      for (const q of r.pairs[0].quantities) if (q.pValue !== null) { const k = kinds.get(q.kind) ?? [0, 0]; k[0]++; if (q.pValue <= 0.05) k[1]++; kinds.set(q.kind, k); }
      only += r.pairs[0].layers.reduce((s, l) => s + l.onlyIn.a.length + l.onlyIn.b.length, 0);
    }
    console.log(seeds, 'any', any / N, 'onlyin/study', only / N, [...kinds].map(([k, [n, p]]) => `${k} ${n} ${(p / n).toFixed(3)}`), ((performance.now() - t) / N).toFixed(1), 'ms');
    let hit = 0, hitT = 0; const M = 10;
    for (let i = 0; i < M; i++) {
      const r = compareStudies(simulatedStudy('a', { seeds, layers: 3 }, rng), simulatedStudy('b', { seeds, layers: 3, shift: 1.5 }, rng));
      hit += r.pairs[0].quantities.filter((q) => q.kind === 'final value' && q.verdict === 'differs').length / 3;
      const s = compareStudies(simulatedStudy('a', { seeds, layers: 3 }, rng), simulatedStudy('b', { seeds, layers: 3, fallAt: 520 }, rng));
      hitT += s.pairs[0].quantities.filter((q) => q.kind === 'half-way step' && q.verdict === 'differs').length / 3;
    }
    console.log(seeds, 'power shift', hit / M, 'timing', hitT / M);
  }
}, 300000);
