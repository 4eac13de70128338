import { AREA_OPACITY, outlines, type Pen, type Points, RING_RADIUS, type Stroke } from './pen.ts';

/** Draws on a canvas, whose own pixels are finer by a ratio. */
export function canvasPen(ctx: CanvasRenderingContext2D, ratio: number): Pen {
  const begin = ({ color, width, dash = [], opacity = 1 }: Stroke): void => {
    ctx.strokeStyle = color;
    ctx.lineWidth = width * ratio;
    ctx.globalAlpha = opacity;
    ctx.setLineDash(dash.map((length) => length * ratio));
    ctx.beginPath();
  };
  const trace = (points: Points): void => {
    let isDown = false;
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i] * ratio;
      if (Number.isNaN(x)) isDown = false;
      else if (isDown) ctx.lineTo(x, points[i + 1] * ratio);
      else {
        ctx.moveTo(x, points[i + 1] * ratio);
        isDown = true;
      }
    }
  };
  return {
    line(points, stroke) {
      ctx.lineJoin = stroke.width > 1 ? 'round' : 'bevel';
      begin(stroke);
      trace(points);
      ctx.stroke();
      ctx.globalAlpha = 1;
    },
    area(upper, lower, color) {
      ctx.fillStyle = color;
      ctx.globalAlpha = AREA_OPACITY;
      for (const outline of outlines(upper, lower)) {
        ctx.beginPath();
        trace(outline);
        ctx.fill();
      }
      ctx.globalAlpha = 1;
    },
    ring(x, y, stroke, fill) {
      begin(stroke);
      ctx.arc(x * ratio, y * ratio, RING_RADIUS * ratio, 0, 2 * Math.PI);
      ctx.fillStyle = fill;
      ctx.fill();
      ctx.stroke();
    },
  };
}
