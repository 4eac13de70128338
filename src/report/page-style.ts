/** The page's style: readable without it, light and dark, on paper and on a small screen. No file is fetched. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1d1d1f; --muted: #55585d; --paper: #ffffff; --tint: #f4f4f1; --line: #d9d9d4; --link: #005a96;
  --supported: #00694d; --refuted: #a33f00; --open: #55585d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e6; --muted: #a5a8ad; --paper: #17181a; --tint: #212327; --line: #3a3d42; --link: #7cc0f0;
  --supported: #4fd1a5; --refuted: #ff9d5c; --open: #a5a8ad; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 'DejaVu Serif Condensed', Georgia, 'Times New Roman', serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .5rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .75rem; overflow-wrap: anywhere; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
h3 { font-size: 1.15rem; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p, figcaption, li { max-width: 46rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; }
.muted, figcaption { color: var(--muted); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
tbody th, th small { font-weight: normal; }
thead th { border-bottom: 2px solid var(--muted); white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; }
th button { all: unset; cursor: pointer; }
th button:focus-visible { outline: 3px solid var(--link); }
th[aria-sort=ascending] button::after { content: ' ▲'; } th[aria-sort=descending] button::after { content: ' ▼'; }
tbody tr:hover { background: var(--tint); }
.verdict { font-weight: bold; white-space: nowrap; }
.verdict.supported { color: var(--supported); } .verdict.refuted { color: var(--refuted); } .verdict.open { color: var(--open); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0; font-size: .95rem; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
figure { margin: 1rem 0; }
/* Overview figures stand side by side where there is room. */
.figures { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: flex-start; }
.figures figure { max-width: 34rem; }
figure img { display: block; max-width: 100%; height: auto; background: white; border-radius: 4px; }
.lead { display: grid; gap: 0 2rem; }
.lead h3 { margin: .75rem 0 .25rem; }
.lead ul { padding-left: 1.1rem; margin: .25rem 0; font-size: .92rem; }
.lead li { margin-bottom: .3rem; }
@media (min-width: 64rem) { .lead { grid-template-columns: minmax(0, 11fr) minmax(0, 9fr); } .lead .picture { position: sticky; top: .5rem; align-self: start; } }
.controls { display: flex; flex-wrap: wrap; gap: .5rem 1rem; margin: .5rem 0; font-size: .9rem; }
.controls[hidden], [hidden] { display: none; }
select, input, .controls button { font: inherit; color: inherit; background: var(--tint); border: 1px solid var(--muted); border-radius: 4px; padding: .15rem .4rem; }
.explorer.drawn .static { display: none; }
.chart { overflow-x: auto; }
.vega-embed .vega-actions { font-family: inherit; }
.run { content-visibility: auto; contain-intrinsic-size: auto 1100px; border-top: 1px solid var(--line); }
.severity-error { color: var(--refuted); font-weight: bold; } .severity-warning { font-weight: bold; }
pre { overflow-x: auto; background: var(--tint); padding: .75rem; border-radius: 4px; }
code, pre { font-family: 'DejaVu Sans Mono', Consolas, monospace; font-size: .85rem; }
summary { cursor: pointer; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .controls, .skip, .chart { display: none !important; }
  .explorer.drawn .static { display: block !important; }
  .run { content-visibility: visible; break-before: page; }
  figure, tr { break-inside: avoid; }
}
`;
