import { describe, expect, it } from 'vitest';
import { forBothSchemes } from '../../src/report/both-schemes.ts';

const svg = (marks: string): string => `<svg viewBox="0 0 1 1">${marks}</svg>`;

describe('forBothSchemes', () => {
  it('swaps paper and ink on a dark page alone', () => {
    expect(forBothSchemes(svg('<rect fill="white"/><path stroke="#1d1d1f"/>'))).toBe(
      '<svg viewBox="0 0 1 1"><style>@media (prefers-color-scheme:dark){[fill="#1d1d1f"]{fill:#e8e8e6}[stroke="#1d1d1f"]{stroke:#e8e8e6}[fill="white"]{fill:#17181a}[stroke="white"]{stroke:#17181a}}</style><rect fill="white"/><path stroke="#1d1d1f"/></svg>',
    );
  });

  it('lightens a mark that the dark would swallow, and leaves one that is seen', () => {
    const both = forBothSchemes(svg('<path stroke="rgb(68, 1, 84)"/><path stroke="#E69F00"/>'));
    expect(both).toMatch(/\[stroke="rgb\(68, 1, 84\)"\]\{stroke:rgb\(1\d\d, \d+, 1\d\d\)\}/);
    expect(both).not.toContain('[stroke="#E69F00"]');
  });

  it('leaves color scales, and a figure without colors, as they are', () => {
    const scale = svg('<stop stop-color="rgb(68, 1, 84)"/>');
    expect(forBothSchemes(scale)).toBe(scale);
  });
});
