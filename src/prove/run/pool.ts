import { availableParallelism } from 'node:os';

/** More programs than this at a time only wait for the disk. */
const most = 8;

/** How many programs run at a time where nobody says. */
export function defaultJobs(): number {
  return Math.min(most, availableParallelism());
}

/**
 * Works on items, so many at a time, and gives the results in the order of the items. The first failure ends the rest: what is at work
 * is waited for, so that nothing is left behind.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  jobs: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (!failed && next < items.length) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index] as T, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.max(1, jobs) }, worker));
  const fault = ended.find((each) => each.status === 'rejected');
  if (fault !== undefined) throw fault.reason;
  return results;
}
