import { other } from './other';

export const run = (): string => other();
