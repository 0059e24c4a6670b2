// Instrumented functions: what a call costs beside one that was given its span by hand. Both in the same round, so that the ratio of the
// two means something on a machine that does other things as well.
import { compileHelpers } from './metrics/helpers.mjs';
import { cases as instrumented } from './traces/instrumented.mjs';

export const rounds = 5;
export const peers = true;

export function prepare() {
  return { helpers: compileHelpers() };
}

export const cases = instrumented;

/** An instrumented call is allowed a tenth more than the span helper. */
const goal = 1.1;

const shapes = { function: 'function', method: 'method', body: 'wrapped body' };
const states = {
  sampled: 'sampled',
  root: 'root that is not sampled',
  child: 'child of a parent that is not sampled',
  none: 'no SDK',
};

export const rows = Object.entries(states).flatMap(([state, where]) =>
  ['sync', 'async'].flatMap((form) =>
    Object.entries(shapes).map(([shape, title]) => ({
      name: `${form} ${title}, ${where}`,
      unit: 'ns',
      ours: `${state}-${form}/${shape}.ns`,
      floor: `${state}-${form}/hand.ns`,
      goals: { floor: goal },
    })),
  ),
);
