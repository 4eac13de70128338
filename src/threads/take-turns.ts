/**
 * Does tasks one after another: of several that do them, whoever is free takes the next.
 *
 * @param onDone called after each task, with its index.
 * @returns the results in the order of the tasks.
 * @example
 * await takeTurns([(n) => 2 * n], [1, 2, 3]); // [2, 4, 6]
 */
export async function takeTurns<Task, Result>(
  workers: readonly ((task: Task) => Promise<Result> | Result)[],
  tasks: readonly Task[],
  onDone: (index: number) => void = () => {},
): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  let next = 0;
  const serve = async (work: (task: Task) => Promise<Result> | Result): Promise<void> => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await work(tasks[index]);
      onDone(index);
    }
  };
  await Promise.all(workers.map(serve));
  return results;
}
