import { edgeOf, type Scale } from './outline.ts';
import type { CurveDescription } from './types.ts';

/** What there is to say of a curve whose values are all equal. */
export function constantOutline(
  value: number,
  scale: Scale,
): Pick<
  Extract<CurveDescription, { described: true }>,
  'stretches' | 'turningPoints' | 'stabilization' | 'noise'
> {
  const last = scale.steps.length - 1;
  const edge = (place: number) => edgeOf({ place, interval: { first: place, last: place } }, scale);
  const nothing = { value: 0, interval: [0, 0] } as const;
  return {
    stretches: [
      {
        ...{
          kind: 'level',
          pace: null,
          from: edge(0),
          to: edge(last),
          half: null,
          fromValue: value * scale.unit,
          toValue: value * scale.unit,
          within: [value * scale.unit, value * scale.unit],
        },
        ...{ amplitude: nothing, relativeAmplitude: value === 0 ? null : 0, amplitudeInNoise: null },
        ...{ duration: scale.steps[last] - scale.steps[0], rate: nothing, toldFrom: null, pValue: null },
      },
    ],
    turningPoints: [],
    stabilization: { status: 'constant', range: nothing, resolution: 0 },
    noise: { sd: 0, memory: 0 },
  };
}
