import { pong } from './other.js';

export const log: string[] = [];

export function ping(turns: number): string {
  return turns === 0 ? 'ping' : pong(turns - 1);
}

export const atLoad = ping(3);
