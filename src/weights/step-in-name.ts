/** Words before a number that make it a training step. */
const stepNames =
  /(?:^|[^a-z])(?:checkpoint|ckpt|step|steps|global_step|iter|iteration)[-_=]?(\d{1,12})(?![\d.]*\d)/gi;

/**
 * The training step that the name of a checkpoint says, or null where it says none, or two.
 *
 * @example
 * stepInName('checkpoint-500'); // 500
 * stepInName('best_acc_0.9312.pt'); // null
 */
export function stepInName(name: string): number | null {
  const steps = [...name.matchAll(stepNames)].map(([, digits]) => Number(digits));
  return new Set(steps).size === 1 ? steps[0] : null;
}
