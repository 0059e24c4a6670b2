import { pong } from './other';

export function ping(turns: number): string {
  return turns === 0 ? 'ping' : pong(turns - 1);
}

export const atLoad = ping(2);
