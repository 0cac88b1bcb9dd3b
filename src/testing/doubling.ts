/** Pairs of runs that are always made, and that are made at most. */
const LEAST = 4;
const MOST = 30;

/**
 * How many times as long twice as much takes: about 2 where the work grows with the input, about 4 where it grows with
 * its square. It is what each of three doublings adds, so that a step of the garbage collector, which stands somewhere,
 * changes it little. Both times are the least processor time of this process in runs of the one and the other in turn:
 * what a busy machine adds, no run needs. As long as the ratio is above `limit`, more runs are made, and then all of it
 * with inputs twice as large, whose squares would show all the more. Only for tests that have a process of their own.
 *
 * @param make prepares the work on an input of this size
 */
export async function doublingRatio(
  make: (size: number) => () => unknown,
  size: number,
  limit: number,
): Promise<number> {
  const ratio = await ratioFrom(make, size, limit);
  return ratio <= limit ? ratio : ratioFrom(make, 2 * size, limit);
}

async function ratioFrom(make: (size: number) => () => unknown, size: number, limit: number): Promise<number> {
  const [small, large] = [make(size), make(8 * size)];
  let [short, long] = [Infinity, Infinity];
  for (let pairs = 1; ; pairs++) {
    short = Math.min(short, await processorTime(small));
    long = Math.min(long, await processorTime(large));
    const ratio = Math.cbrt(long / short);
    if (pairs >= MOST || (pairs >= LEAST && ratio <= limit)) return ratio;
  }
}

async function processorTime(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
