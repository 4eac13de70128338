/**
 * Draws the gallery (docs/gallery.md, docs/images/gallery) from the demo, with the very commands it names: npm run gallery. Figures that
 * need more than the demo come from the drawn examples that the tests hold byte for byte. With a folder as its argument it takes what
 * these commands wrote there before.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { renderPng } from '../../dist/figures/render-png.js';
import { withShortPaths } from '../../dist/report/figure.js';

/** Of a picture, in bytes; larger drawings become pixels, as many as fit. */
const MOST_BYTES = 80_000;
const RESOLUTIONS = [96, 80, 66, 54, 44];

const root = resolve(import.meta.dirname, '../..');
const pictures = join(root, 'docs/images/gallery');
const given = process.argv[2];
const work = given === undefined ? mkdtempSync(join(tmpdir(), 'rankscope-gallery-')) : resolve(given);
const entries = JSON.parse(readFileSync(join(import.meta.dirname, 'entries.json'), 'utf8'));

/** Exit code 1 is a verdict: a detector that does not pass has its figures all the same. */
function run(...words) {
  const { status } = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), ...words, '--quiet'], {
    cwd: work,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0 && status !== 1) throw new Error(`rankscope ${words.join(' ')} ended with ${status}`);
}

function makeAll() {
  run('demo', '--out', 'my-demo');
  run('report', 'my-demo', '--out', 'report');
  run('report', 'my-demo', '--style', 'academic', '--out', 'academic');
  const sides = ['--a', 'architecture=mlp_narrow', '--b', 'architecture=mlp_medium'];
  run('compare', 'my-demo', ...sides, '--out', 'comparison');
  run('validate', 'mean-shift', '--quick', '--series', '60', '--lengths', '50', '--out', 'validity');
}

try {
  if (given === undefined) makeAll();
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const sections = entries.map(({ title, command, figures }) => {
    const shown = figures.map(
      (figure) => `![${figure.says}](images/gallery/${drawn(figure)})\n\n${figure.says}`,
    );
    return `## ${title}\n\n\`${command}\`\n\n${shown.join('\n\n')}\n`;
  });
  writeFileSync(join(root, 'docs/gallery.md'), `${head()}\n${sections.join('\n')}`);
} finally {
  if (given === undefined) rmSync(work, { recursive: true, force: true });
}

/** Writes a figure's picture; answers with its name. */
function drawn({ name, made, example }) {
  const source = made === undefined ? join(root, 'test/figures/golden', `${example}.svg`) : join(work, made);
  const svg = readFileSync(source, 'utf8');
  const short = example === undefined ? withShortPaths(svg) : svg;
  const isSmall = Buffer.byteLength(short) <= MOST_BYTES;
  const file = `${name}.${isSmall ? 'svg' : 'png'}`;
  writeFileSync(join(pictures, file), isSmall ? short : asPixels(svg, name));
  return file;
}

function asPixels(svg, name) {
  for (const dpi of RESOLUTIONS) {
    const png = renderPng(svg, { dpi });
    if (png.length <= MOST_BYTES) return png;
  }
  throw new Error(`${name} is too large for the gallery`);
}

function head() {
  return `# Gallery

Every kind of figure that the program makes, with the command that makes it. \`npm run gallery\` draws this page anew from the demo
(three MLPs with three seeds on drawn digits); what the demo has not (attention, filters, saved weights, claims) is shown on drawn
example data. Reports have every figure as SVG, with \`--png\` at 300 dpi too, with \`--style academic\` as papers print them.
`;
}
