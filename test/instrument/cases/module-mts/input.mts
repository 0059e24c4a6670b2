import { sep } from 'node:path';

export function run(): string {
  return sep;
}

export const later = async (): Promise<string> => run();
export const top = await later();
