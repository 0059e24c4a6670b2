import { ping } from './input.js';

export function pong(turns: number): string {
  return turns === 0 ? 'pong' : ping(turns - 1);
}
