import { spans } from './generated/instrument.js';

export function ready(): boolean {
  return typeof spans === 'object';
}
