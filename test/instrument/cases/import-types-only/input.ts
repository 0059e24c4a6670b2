import type { Task } from './types.js';

export async function run(task: Task): Promise<string> {
  return task.name;
}
