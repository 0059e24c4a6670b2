// A whole request: what its telemetry costs with the helpers, and with OpenTelemetry, prom-client and pino as their documentation has them.
import { compileHelpers } from './metrics/helpers.mjs';
import { cases as requests } from './traces/request.mjs';

export const rounds = 5;
export const peers = true;

export function prepare() {
  return { helpers: compileHelpers() };
}

export const cases = requests;

const peer = 'OTel + prom-client + pino';

const row = (percent, goal) => ({
  name: `request of 9 spans, 24 updates, 10 lines; ${percent}% of traces kept`,
  unit: 'us',
  ours: `${percent}/ours.us`,
  peers: { [peer]: `${percent}/idiomatic.us` },
  goals: { [peer]: goal },
  goal: 30,
});

export const rows = [row(100, 2), row(10, 4), row(0, 5)];
