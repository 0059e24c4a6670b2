import { describe, expect, it } from 'vitest';
import { Rounds } from '../../../../src/runtime/gpu/sources/rounds.js';
import type { RoundShape } from '../../../../src/runtime/gpu/sources/rounds.js';

/** Rows of a device and of how many there are. */
function counting(): { readonly shape: RoundShape; readonly looks: () => number } {
  let looks = 0;
  return {
    looks: () => looks,
    shape: {
      deviceOf: (line) => {
        looks += 1;
        return /^(\d+),/.exec(line)?.[1];
      },
      sizeOf: (line) => Number(line.split(',')[1]),
    },
  };
}

describe('rounds', () => {
  it('end with the last device, or where one comes again', () => {
    const rounds: string[] = [];
    const all = new Rounds(counting().shape, (text) => rounds.push(text));
    for (const line of ['0,2,a', '1,2,b', '0,2,c', '0,2,d', '', '1,2,e']) all.push(line);
    expect(rounds).toEqual(['0,2,a\n1,2,b', '0,2,c', '0,2,d\n1,2,e']);
  });

  it('look at a line once, however many there are of no device', () => {
    const { shape, looks } = counting();
    let taken = 0;
    const rounds = new Rounds(shape, () => (taken += 1));
    for (let at = 0; at < 2560; at += 1) rounds.push('x,5');
    expect(looks()).toBe(2560);
    expect(taken).toBe(10);
  });
});
