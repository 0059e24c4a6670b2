import { registered } from './registry.js';

export function handler(): string {
  return 'handled';
}

export const names = registered;
