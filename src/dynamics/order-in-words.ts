import type { ConvergenceOrder } from './convergence-order.ts';

/** What a run's order of stabilization is called: layers that cannot be ordered have no order that could have been detected. */
export function orderInWords(pattern: ConvergenceOrder['pattern']): string {
  return pattern === 'undefined' ? 'not determined' : pattern;
}
