export async function run(task: string): Promise<string> {
  if (task === '') throw new Error('no task');
  return task;
}
