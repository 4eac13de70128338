import { LAYER_EVENT_DOMAIN, LAYER_EVENT_SHAPES } from '../figures/layer-events.ts';
import { INK, SEQUENTIAL_SCHEME } from '../figures/theme.ts';

/**
 * The page's interactive chart of a run, without its rows: the page fills the data sets `cells`, `events` and `loss`
 * and puts the layers, the metric's title the color domain in the places named `$layers`, `$metric`, `$domain`.
 */
export function explorerTemplate(lossTitle: string): object {
  const x = { field: 'step', type: 'quantitative', scale: { domain: '$steps', nice: false, zero: false } };
  const y = {
    field: 'layer',
    type: 'ordinal',
    scale: { domain: '$layers', paddingInner: 0.06, paddingOuter: 0 },
  };
  const step = { field: 'at', type: 'quantitative', title: 'Training step' };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    autosize: { type: 'pad', resize: true },
    vconcat: [
      {
        width: '$width',
        height: { step: 24 },
        layer: [
          {
            data: { name: 'cells' },
            mark: { type: 'rect', tooltip: true },
            encoding: {
              x: { ...x, field: 'from', axis: { title: null, labels: false, grid: false } },
              x2: { field: 'to' },
              y: { ...y, axis: { title: 'Layer', grid: false } },
              color: {
                field: 'shade',
                type: 'quantitative',
                scale: { scheme: SEQUENTIAL_SCHEME, domain: '$domain', nice: false, zero: false },
                legend: {
                  title: '$metric',
                  orient: 'bottom',
                  gradientLength: 300,
                  gradientThickness: 10,
                  titleLimit: 560,
                },
              },
              tooltip: [
                { field: 'layer', title: 'Layer' },
                step,
                { field: 'value', type: 'quantitative', title: 'Value', format: '.5~g' },
              ],
            },
          },
          {
            data: { name: 'events' },
            mark: { type: 'point', filled: true, opacity: 1, size: 90, strokeWidth: 1.1 },
            encoding: {
              x,
              y,
              fill: { value: 'white' },
              stroke: { value: INK },
              shape: {
                field: 'event',
                type: 'nominal',
                scale: {
                  domain: [...LAYER_EVENT_DOMAIN],
                  range: [...LAYER_EVENT_SHAPES],
                },
                legend: { title: null, orient: 'bottom' },
              },
              tooltip: [
                { field: 'layer', title: 'Layer' },
                { field: 'step', title: 'Training step' },
                { field: 'event', title: 'Mark' },
              ],
            },
          },
        ],
      },
      {
        width: '$width',
        height: 90,
        data: { name: 'loss' },
        encoding: { x: { ...x, axis: { title: 'Training step', grid: false } } },
        layer: [
          {
            mark: { type: 'line', color: '$line', strokeWidth: 1.3 },
            encoding: {
              y: { field: 'loss', type: 'quantitative', axis: { title: lossTitle, tickCount: 3 } },
            },
          },
          {
            params: [
              {
                name: 'near',
                select: { type: 'point', on: 'pointerover', nearest: true, clear: 'pointerout' },
              },
            ],
            mark: { type: 'point', size: 60, color: '$line', filled: true },
            encoding: {
              y: { field: 'loss', type: 'quantitative' },
              opacity: { condition: { param: 'near', empty: false, value: 1 }, value: 0 },
              tooltip: [
                { field: 'step', title: 'Training step' },
                { field: 'loss', title: 'Loss', format: '.5~g' },
              ],
            },
          },
        ],
      },
    ],
    spacing: 10,
    resolve: { scale: { color: 'independent' } },
  };
}
