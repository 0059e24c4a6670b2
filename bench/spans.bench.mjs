// Spans: what a helper costs next to the calls of OpenTelemetry's SDK that do the same.
import { compileHelpers } from './metrics/helpers.mjs';
import { cases as spans } from './traces/spans.mjs';

export const rounds = 5;
export const peers = true;

export function prepare() {
  return { helpers: compileHelpers() };
}

export const cases = spans;

const sdk = 'OpenTelemetry';

const row = (state, form, title, goal) => ({
  name: title,
  unit: 'ns',
  ours: `${state}-${form}/ours.ns`,
  peers: { [sdk]: `${state}-${form}/idiomatic.ns` },
  ...(goal === undefined ? {} : { goals: { [sdk]: goal } }),
});

export const rows = [
  {
    ...row('sampled', 'sync', 'sampled span, five attributes'),
    floor: 'sampled/raw.ns',
    goals: { floor: 1.1 },
  },
  row('sampled', 'async', 'the same around an async function'),
  row('root', 'sync', 'root that is not sampled'),
  row('root', 'async', 'the same around an async function, root'),
  row('child', 'sync', 'child of a parent that is not sampled', 15),
  row('child', 'async', 'the same around an async function, child'),
  row('none', 'sync', 'no SDK', 6),
  row('none', 'async', 'the same around an async function, no SDK'),
];
