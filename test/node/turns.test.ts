import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTurn } from '../../src/runtime/node/turns.js';

test('of many who want to do a thing, one does it as long as anyone wants it, and each only in its turn', () => {
  let run = 0;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 40 }), (steps) => {
      run += 1;
      const doing = new Set<number>();
      const wanting = new Map<number, () => void>();
      let asked = 0;
      for (const step of steps) {
        if (step < 0) {
          const me = (asked += 1);
          wanting.set(
            me,
            inTurn(`thing ${run}`, () => {
              doing.add(me);
              return () => doing.delete(me);
            }),
          );
        } else {
          const [who, giveUp] = [...wanting][step % Math.max(1, wanting.size)] ?? [];
          giveUp?.();
          // Twice is once.
          giveUp?.();
          if (who !== undefined) wanting.delete(who);
        }
        // The one who has wanted it longest does it.
        expect([...doing]).toEqual([...wanting.keys()].slice(0, 1));
      }
      for (const giveUp of wanting.values()) giveUp();
      expect(doing.size).toBe(0);
    }),
  );
});
