export const run = async (task: string) => {
  if (task === '') return;
  const { length } = task;
  return length;
};
