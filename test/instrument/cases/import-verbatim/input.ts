import { type Task, shout } from './tasks.js';

export const run = (task: Task): string => shout(task.name);
