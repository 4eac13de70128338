import type { FamilySizes, RunCoupling } from '../../findings/dashboard/dashboard.ts';
import { PERCENT_LABELS } from '../percent-labels.ts';
import { INK, LINE, NULL_LINE, SMALL } from '../theme.ts';
import { familyColors } from './interval-rows.ts';
import type { PanelView } from './panel.ts';

/** Sizes by family on a logarithmic axis: thin lines from the 10 % to the 90 % quantile, thick ones the middle half, points medians. */
export function sizeRows(sizes: readonly FamilySizes[]): PanelView {
  const domain = [
    Math.min(...sizes.map(({ low }) => low)) * 0.9,
    Math.max(...sizes.map(({ high }) => high)) * 1.1,
  ];
  const x = {
    type: 'quantitative',
    scale: { type: 'log', domain, nice: false },
    axis: { title: 'Size (sd of a measurement’s jitter)', tickCount: 4, format: ',~g' },
  };
  return {
    data: { values: sizes.map(({ family, count, ...rest }) => ({ row: `${family} (${count})`, ...rest })) },
    encoding: { y: { field: 'row', type: 'nominal', axis: { title: null, grid: true } } },
    layer: [
      {
        mark: { type: 'rule', color: INK, strokeWidth: 1.4 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'rule', color: LINE, strokeWidth: 7, opacity: 0.5 },
        encoding: { x: { ...x, field: 'lowerQuartile' }, x2: { field: 'upperQuartile' } },
      },
      {
        mark: { type: 'point', filled: true, color: INK, size: 50, opacity: 1, tooltip: true },
        encoding: {
          x: { ...x, field: 'median' },
          tooltip: [
            { field: 'row', title: 'Family' },
            { field: 'median', title: 'Median', type: 'quantitative', format: '.4~g' },
          ],
        },
      },
    ],
  };
}

/** How many jumps each type has, one bar for each. */
export function typeBars(types: readonly number[]): PanelView {
  return {
    data: { values: types.map((count, i) => ({ type: `${i + 1}`, count })) },
    mark: { type: 'bar', color: LINE, tooltip: true, width: { band: 0.6 } },
    encoding: {
      x: { field: 'type', type: 'ordinal', sort: null, axis: { title: 'Type', labelAngle: 0 } },
      y: { field: 'count', type: 'quantitative', axis: { title: 'Jumps and fast stretches', tickCount: 4 } },
      tooltip: [
        { field: 'type', title: 'Type' },
        { field: 'count', title: 'Counted' },
      ],
    },
  };
}

/** Each run's difference with its interval, the largest on top, against none. */
export function couplingRows(coupling: readonly RunCoupling[]): PanelView {
  const values = coupling.map(({ run, family, difference, interval: [low, high], pValue }, place) => ({
    ...{ run, family, place, difference, low, high, pValue },
  }));
  const furthest = Math.max(...values.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]), 0.05);
  const y = {
    field: 'place',
    type: 'quantitative',
    scale: { reverse: true, domain: [-0.7, values.length - 0.3], nice: false, zero: false },
    axis: { title: coupling.length === 1 ? 'Run' : `${coupling.length} runs`, labels: false, grid: false },
  };
  const x = {
    type: 'quantitative',
    scale: { domain: [-furthest, furthest], nice: true },
    axis: { title: 'Share falling, less that of all intervals', ...PERCENT_LABELS, tickCount: 4 },
  };
  return {
    layer: [
      {
        data: { values: [{ none: 0 }] },
        mark: { type: 'rule', color: NULL_LINE, strokeWidth: 1.4 },
        encoding: { x: { ...x, field: 'none' } },
      },
      {
        data: { values },
        mark: { type: 'rule', strokeWidth: 1.2 },
        encoding: {
          x: { ...x, field: 'low' },
          x2: { field: 'high' },
          y,
          color: familyColors(values.map(({ family }) => family)),
        },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, opacity: 1, size: 22, tooltip: true },
        encoding: {
          ...{ x: { ...x, field: 'difference' }, y, color: familyColors(values.map(({ family }) => family)) },
          tooltip: [
            { field: 'run', title: 'Run' },
            { field: 'difference', title: 'Difference', type: 'quantitative', format: '+.3~f' },
            { field: 'low', title: 'From', type: 'quantitative', format: '+.3~f' },
            { field: 'high', title: 'To', type: 'quantitative', format: '+.3~f' },
            { field: 'pValue', title: 'p', type: 'quantitative', format: '.3~g' },
          ],
        },
      },
    ],
  };
}

/** Names at the left, what they are at the right. */
export function keyNumbers(rows: readonly (readonly [string, string])[]): PanelView {
  const y = {
    field: 'place',
    type: 'quantitative',
    scale: { domain: [rows.length - 0.5, -0.5], nice: false, zero: false },
    axis: null,
  };
  return {
    view: { stroke: null },
    data: { values: rows.map(([name, value], place) => ({ name, value, place })) },
    layer: [
      {
        mark: { type: 'text', align: 'left', fontSize: SMALL, color: INK },
        encoding: { x: { value: 0 }, y, text: { field: 'name', type: 'nominal' } },
      },
      {
        mark: { type: 'text', align: 'right', fontSize: SMALL, fontWeight: 'bold', color: INK },
        encoding: { x: { value: 'width' }, y, text: { field: 'value', type: 'nominal' } },
      },
    ],
  };
}
