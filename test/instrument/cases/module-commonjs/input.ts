import { other } from './other';

export async function run(text: string): Promise<string> {
  return `${text} ${other()}`;
}

export default function main(): string {
  return prepared;
}

export const prepared = prepare('early');

export function prepare(text: string): string {
  return text.toUpperCase();
}

export class Agent {
  run(): string {
    return main();
  }
}

export const arrow = (): string => prepare('arrow');
