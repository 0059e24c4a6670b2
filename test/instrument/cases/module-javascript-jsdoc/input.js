// @ts-check
import { sep } from 'node:path';

/**
 * @param {string} left
 * @param {string} [right]
 * @returns {string}
 */
export function join(left, right = '') {
  return left + sep + right;
}

/** @type {(value: number) => Promise<number>} */
export const double = async (value) => value * 2;

export class Agent {
  /** @param {string} task */
  run(task) {
    return join(task);
  }
}
