export interface TurnsOptions<Task> {
  /** Called after each task, with its index. */
  readonly onDone?: (index: number) => void;
  /**
   * What a task is about: whoever has begun with something does the other tasks about it too, for what they need is at hand; others help
   * once there is nothing to begin with. By default every task is about something else.
   */
  readonly about?: (task: Task) => unknown;
}

/**
 * Does tasks one after another: of several that do them, whoever is free takes the next.
 *
 * @returns the results in the order of the tasks.
 * @throws what the first task, in this order, of those that cannot be done throws: the same however many do them.
 * @example
 * await takeTurns([(n) => 2 * n], [1, 2, 3]); // [2, 4, 6]
 */
export async function takeTurns<Task, Result>(
  workers: readonly ((task: Task) => Promise<Result> | Result)[],
  tasks: readonly Task[],
  { onDone = () => {}, about = (task) => task }: TurnsOptions<Task> = {},
): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  const queues = queuesOf(tasks, about);
  let begun = 0;
  let failed: { readonly index: number; readonly error: unknown } | undefined;
  const serve = async (work: (task: Task) => Promise<Result> | Result): Promise<void> => {
    let own: number[] = [];
    for (;;) {
      if (own.length === 0) own = queues[begun++] ?? queues.find(({ length }) => length > 0) ?? [];
      const index = own.shift();
      if (index === undefined) return;
      // Those before it are done all the same: one of them may fail too.
      if (failed !== undefined && index > failed.index) continue;
      try {
        results[index] = await work(tasks[index]);
      } catch (error) {
        if (failed === undefined || index < failed.index) failed = { index, error };
        continue;
      }
      onDone(index);
    }
  };
  await Promise.all(workers.map(serve));
  if (failed !== undefined) throw (failed as { readonly error: unknown }).error;
  return results;
}

/** Indices of the tasks about each thing, in their order. */
function queuesOf<Task>(tasks: readonly Task[], about: (task: Task) => unknown): number[][] {
  const queues = new Map<unknown, number[]>();
  tasks.forEach((task, index) => {
    const topic = about(task);
    const queue = queues.get(topic);
    if (queue === undefined) queues.set(topic, [index]);
    else queue.push(index);
  });
  return [...queues.values()];
}
