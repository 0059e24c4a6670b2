import { other } from './other.ts';

export const run = (): string => other();
