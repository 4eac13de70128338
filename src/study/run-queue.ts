import type { RunCost } from './run-cost.ts';
import type { RunPlan } from './run-plan.ts';

/** What runs side by side may take of the machine, all together. */
export interface Room {
  readonly threads: number;
  /** Bytes. */
  readonly memory: number;
}

export interface PlacedPlan {
  readonly plan: RunPlan;
  /** Among the plans as they were given. */
  readonly place: number;
  readonly cost: RunCost;
}

/** Runs that wait for their turn: the longest first, so that none of those that memory allows is left to train alone at the end. */
export class RunQueue {
  readonly #room: Room;
  readonly #waiting: PlacedPlan[];
  readonly #underWay = new Set<PlacedPlan>();
  #ended: (() => void)[] = [];

  constructor(plans: readonly PlacedPlan[], room: Room) {
    this.#room = room;
    this.#waiting = longestFirst(plans);
  }

  /**
   * The next run that there is room for; waits for others to end where there is for none. A run that would not even fit by itself
   * is begun when no other is under way.
   *
   * @returns null when none waits.
   */
  async take(): Promise<PlacedPlan | null> {
    while (this.#waiting.length > 0) {
      const next = this.#waiting.findIndex(({ cost }) => this.#underWay.size === 0 || this.#fits(cost));
      if (next >= 0) {
        const [taken] = this.#waiting.splice(next, 1);
        this.#underWay.add(taken);
        return taken;
      }
      await new Promise<void>((resolve) => this.#ended.push(resolve));
    }
    return null;
  }

  /** Gives back what a run took. */
  release(taken: PlacedPlan): void {
    this.#underWay.delete(taken);
    this.#wake();
  }

  /** Lets no further run begin. */
  clear(): void {
    this.#waiting.length = 0;
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#ended) resolve();
    this.#ended = [];
  }

  #fits(cost: RunCost): boolean {
    const all = [cost, ...[...this.#underWay].map((other) => other.cost)];
    const sum = (of: (one: RunCost) => number): number => all.reduce((total, one) => total + of(one), 0);
    return (
      sum(({ memory }) => memory) <= this.#room.memory && sum(({ threads }) => threads) <= this.#room.threads
    );
  }
}

/** Those that take as long keep their order, but for those of one data set, which stay together: a worker keeps the last one it opened. */
function longestFirst(plans: readonly PlacedPlan[]): PlacedPlan[] {
  const datasets = [...new Set(plans.map(({ plan }) => plan.dataset))];
  const work = ({ plan, cost }: PlacedPlan): number => plan.training.steps * cost.perStep;
  return plans.toSorted(
    (a, b) =>
      work(b) - work(a) ||
      datasets.indexOf(a.plan.dataset) - datasets.indexOf(b.plan.dataset) ||
      a.place - b.place,
  );
}
