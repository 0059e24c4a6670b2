import { basename } from 'node:path';

export async function name(path: string): Promise<string> {
  return basename(path);
}

export class Agent {
  run(task: string): string {
    return `ran
${task}`;
  }
}

export const short = (path: string): string => basename(path);
