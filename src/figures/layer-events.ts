import type { LayerDynamics } from '../dynamics/analyze-run.ts';
import { INK } from './theme.ts';

export const LAYER_EVENT_DOMAIN = ['rises', 'falls', 'stabilized from here'] as const;

/** Symbols of the domain's events; the last is an upright bar as a path. */
export const LAYER_EVENT_SHAPES = ['triangle-up', 'triangle-down', 'M-0.22,-1.2H0.22V1.2H-0.22Z'] as const;

/** A mark on a layer's row: the middle of a rise or fall, or the step from which the layer has stabilized. */
export interface LayerEvent {
  readonly layer: string;
  readonly step: number;
  readonly event: (typeof LAYER_EVENT_DOMAIN)[number];
}

/** What is drawn of a layer's dynamics. */
export type DrawnDynamics = Pick<LayerDynamics, 'layer' | 'curve' | 'stabilization'>;

/** All marks of a run, layers in the order given. */
export function layerEvents(dynamics: readonly DrawnDynamics[]): LayerEvent[] {
  return dynamics.flatMap(({ layer, curve, stabilization }) => {
    const events: LayerEvent[] = (curve.described ? curve.stretches : []).flatMap(({ kind, from, half }) =>
      kind === 'rise' || kind === 'fall'
        ? [{ layer, step: (half ?? from).step, event: `${kind}s` as const }]
        : [],
    );
    if (stabilization.status === 'stabilized') {
      events.push({ layer, step: stabilization.step, event: 'stabilized from here' });
    }
    return events;
  });
}

/** White with a dark outline: seen on every color of the heatmap. */
export function layerEventLayer(events: readonly LayerEvent[], y: object) {
  return {
    data: { values: events },
    mark: { type: 'point', filled: true, strokeWidth: 1.1, opacity: 1, size: 90 },
    encoding: {
      x: { field: 'step', type: 'quantitative' },
      y,
      fill: { value: 'white' },
      stroke: { value: INK },
      shape: {
        field: 'event',
        type: 'nominal',
        scale: { domain: [...LAYER_EVENT_DOMAIN], range: [...LAYER_EVENT_SHAPES] },
        legend: {
          title: null,
          orient: 'bottom',
          direction: 'horizontal',
          symbolSize: 90,
        },
      },
    },
  };
}
