import uPlot from 'uplot';
import { pageColor } from '../../figures/page/colors.ts';
import type { CurvesMessage } from '../messages.ts';

/** Draws what is confirmed over the lines: rises and falls heavy, jumps with a tick where they are half-way, turning points as rings. */
export function drawStretches(plot: uPlot, { layers }: CurvesMessage): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [l, { stretches, turns }] of layers.entries()) {
    const values = plot.data[l + 1];
    const color = plot.series[l + 1]?.stroke;
    if (values === undefined || color === undefined) continue;
    ctx.strokeStyle = typeof color === 'function' ? (color(plot, l + 1) as string) : (color as string);
    ctx.lineJoin = 'round';
    for (const { kind, pace, from, to, half } of stretches) {
      if (kind !== 'rise' && kind !== 'fall') continue;
      ctx.lineWidth = 3.2 * ratio;
      path(plot, values, from, to);
      if (pace === 'jump' && half !== null) jumpTick(plot, values, half, ratio);
    }
    ctx.lineWidth = 1.4 * ratio;
    for (const step of turns) ring(plot, values, step, ratio);
  }
  ctx.restore();
}

type Values = ArrayLike<number | null | undefined>;

function path(plot: uPlot, values: Values, from: number, to: number): void {
  const { ctx, data } = plot;
  ctx.beginPath();
  let isDown = false;
  for (let i = 0; i < data[0].length; i++) {
    const [step, value] = [data[0][i], values[i]];
    if (step < from || step > to || value == null) continue;
    const [x, y] = [plot.valToPos(step, 'x', true), plot.valToPos(value, 'y', true)];
    if (isDown) ctx.lineTo(x, y);
    else ctx.moveTo(x, y);
    isDown = true;
  }
  ctx.stroke();
}

function jumpTick(plot: uPlot, values: Values, step: number, ratio: number): void {
  const value = valueAt(plot, values, step);
  if (value === null) return;
  const [x, y] = [plot.valToPos(step, 'x', true), plot.valToPos(value, 'y', true)];
  plot.ctx.beginPath();
  plot.ctx.moveTo(x, y - 7 * ratio);
  plot.ctx.lineTo(x, y + 7 * ratio);
  plot.ctx.stroke();
}

function ring(plot: uPlot, values: Values, step: number, ratio: number): void {
  const value = valueAt(plot, values, step);
  if (value === null) return;
  const { ctx } = plot;
  ctx.beginPath();
  ctx.arc(plot.valToPos(step, 'x', true), plot.valToPos(value, 'y', true), 3 * ratio, 0, 2 * Math.PI);
  ctx.fillStyle = pageColor('paper');
  ctx.fill();
  ctx.stroke();
}

/** The value at a step, between two measurements on the line between them. */
function valueAt({ data }: uPlot, values: Values, step: number): number | null {
  const after = Array.prototype.findIndex.call(data[0], (other: number) => other >= step);
  const end = values[after];
  if (after < 0 || end == null) return null;
  const start = values[after - 1];
  if (data[0][after] === step || start == null) return end;
  const share = (step - data[0][after - 1]) / (data[0][after] - data[0][after - 1]);
  return start + (end - start) * share;
}
