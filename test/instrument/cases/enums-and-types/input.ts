export enum Level {
  Low = 1,
  High = Low << 2,
  Text = 'text'.length,
}

export const enum Kind {
  A = 'a',
}

export interface Runs {
  (text: string): string;
  new (text: string): object;
  run(): void;
  get size(): number;
}

export type Handler = (text: string) => void;
export type Made = typeof make;

export function make(level: Level = Level.High, kind: Kind = Kind.A): string {
  return `${Level[level] ?? ''} ${kind}`;
}

export const typed = make satisfies Made as Made;
