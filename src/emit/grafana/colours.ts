import type { Label } from '../../model/model.js';
import type { FieldOverride } from './dashboard.js';
import type { PanelQuery } from './queries.js';

/** Words of outcomes that mean the same everywhere, so that a colour means the same on every page. */
const families: readonly (readonly [colour: string, words: readonly string[]])[] = [
  [
    'green',
    [
      'ok',
      'success',
      'succeeded',
      'completed',
      'complete',
      'done',
      'allow',
      'allowed',
      'hit',
      'healthy',
      'up',
      'pass',
      'passed',
      '2xx',
    ],
  ],
  [
    'red',
    [
      'error',
      'errors',
      'failed',
      'failure',
      'fail',
      'fatal',
      'server_error',
      'tool_error',
      'transport_error',
      'unhealthy',
      'down',
      'crashed',
      '5xx',
    ],
  ],
  [
    'orange',
    [
      'timeout',
      'timed_out',
      'rate_limit',
      'rate_limited',
      'budget_exceeded',
      'max_steps',
      'loop_detected',
      'miss',
    ],
  ],
  ['yellow', ['client_error', 'invalid_args', 'invalid', 'modify', 'warning', '4xx']],
  ['purple', ['denied', 'deny', 'policy_denied', 'content_filter', 'blocked', 'rejected']],
  ['text', ['cancelled', 'canceled', 'skipped', '__other__']],
  ['blue', ['input', 'in', '3xx']],
  ['super-light-blue', ['output', 'out']],
];

const colourOfWord: ReadonlyMap<string, string> = new Map(
  families.flatMap(([colour, words]) => words.map((word) => [word, colour] as const)),
);

/** From the usual to the worst. */
const quantileColours: ReadonlyMap<string, string> = new Map([
  ['p50', 'green'],
  ['p90', 'yellow'],
  ['p95', 'orange'],
  ['p99', 'red'],
]);

function fixed(name: string, colour: string): FieldOverride {
  return {
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: colour } }],
  };
}

function valuesOf(label: Label): readonly string[] {
  return label.bound.kind === 'closed' ? label.bound.values : [];
}

/** Colours that stay the same whatever else is drawn: of quantiles, and of outcomes and directions that a closed label names. */
export function stableColours(queries: readonly PanelQuery[]): readonly FieldOverride[] {
  const names = queries.flatMap(({ legend, by }) => {
    const [label, ...others] = by ?? [];
    if (label === undefined || others.length > 0 || legend !== `{{${label.wire}}}`) return [legend];
    return [...valuesOf(label), '__other__'];
  });
  return [...new Set(names)].flatMap((name) => {
    const colour = quantileColours.get(name) ?? colourOfWord.get(name.toLowerCase());
    return colour === undefined ? [] : [fixed(name, colour)];
  });
}
