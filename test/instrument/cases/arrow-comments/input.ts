// The first line of the file.

/** Doubles. */
export const double = /* here */ (value: number /* the value */): number => /* what follows */ value * 2; // doubled

/** Runs. */
export const run = async (
  task: string, // what to do
  // how often
  times = 1,
): Promise<string> => {
  // nothing before this
  return task.repeat(times); // and nothing after
  // the end
};
/* trailing */
