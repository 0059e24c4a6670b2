import type { Label } from '../../model/model.js';
import type { FieldOverride } from './dashboard.js';
import type { PanelQuery } from './queries.js';

/** Words that mean the same everywhere, so that a colour means the same on every page. */
const families: readonly (readonly [colour: string, words: string])[] = [
  [
    'green',
    'ok success succeeded completed complete done allow allowed hit healthy up pass passed good accepted 2xx',
  ],
  [
    'red',
    'error errors failed failure fail fatal server_error tool_error transport_error unhealthy down crashed bad 5xx',
  ],
  ['orange', 'timeout timed_out rate_limit rate_limited budget_exceeded max_steps loop_detected miss empty'],
  ['yellow', 'client_error invalid_args invalid modify warning warn 4xx'],
  ['purple', 'denied deny policy_denied content_filter blocked rejected'],
  ['text', 'cancelled canceled skipped __other__'],
  ['blue', 'input in prompt request 1xx 3xx'],
  ['super-light-blue', 'output out completion response'],
  ['light-green', 'cache_read cached cached_input'],
  ['light-yellow', 'cache_write cache_creation'],
  ['light-purple', 'reasoning'],
];

const colourOfWord: ReadonlyMap<string, string> = new Map(
  families.flatMap(([colour, words]) => words.split(' ').map((word) => [word, colour] as const)),
);

/** From the usual to the worst. */
const quantileColours: ReadonlyMap<string, string> = new Map([
  ['p50', 'green'],
  ['p90', 'yellow'],
  ['p95', 'orange'],
  ['p99', 'red'],
]);

/** Shades of a colour, for words of one family on one page. */
const shades = ['', 'light-', 'dark-', 'super-light-', 'semi-dark-'];
/** For values that mean nothing in particular. */
const neutral = [
  'blue',
  'purple',
  'yellow',
  'orange',
  'light-blue',
  'light-purple',
  'light-orange',
  'dark-blue',
];

function meaning(name: string): string | undefined {
  return quantileColours.get(name) ?? colourOfWord.get(name.toLowerCase());
}

/**
 * A colour for each of the values that a label can have, all of them different as long as there are enough: those that mean something
 * first. Nothing where none of them means anything.
 */
export function coloursOf(names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const take = (name: string, choices: readonly string[]): void => {
    const colour = choices.find((each) => !taken.has(each)) ?? choices[0];
    if (colour === undefined) return;
    taken.add(colour);
    found.set(name, colour);
  };
  for (const name of names) {
    const base = meaning(name);
    if (base === undefined) continue;
    const plain = base.includes('-') || base === 'text' ? [base] : shades.map((shade) => `${shade}${base}`);
    take(name, plain);
  }
  if (found.size === 0) return found;
  for (const name of names) if (!found.has(name)) take(name, neutral);
  return found;
}

function fixed(name: string, colour: string): FieldOverride {
  return {
    matcher: { id: 'byName', options: name },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: colour } }],
  };
}

function valuesOf(label: Label): readonly string[] {
  return label.bound.kind === 'closed' ? [...label.bound.values, '__other__'] : [];
}

/** The names of a query's lines, as far as the spec tells them. */
function namesOf({ legend, by }: PanelQuery): readonly string[] {
  const [label, ...others] = by ?? [];
  if (label !== undefined && others.length === 0 && legend === `{{${label.wire}}}`) return valuesOf(label);
  return legend.includes('{{') ? [] : [legend];
}

/** Classes of an HTTP status, where a label has the status itself. */
const statusClasses: readonly (readonly [pattern: string, colour: string])[] = [
  ['/^2\\d\\d$/', 'green'],
  ['/^3\\d\\d$/', 'blue'],
  ['/^4\\d\\d$/', 'yellow'],
  ['/^5\\d\\d$/', 'red'],
];

/** Colours that stay the same whatever else is drawn: of quantiles, and of outcomes and directions that a closed label names. */
export function stableColours(queries: readonly PanelQuery[]): readonly FieldOverride[] {
  const names = [...new Set(queries.flatMap(namesOf))];
  const named = [...coloursOf(names)].map(([name, colour]) => fixed(name, colour));
  const byStatus = queries.some(({ legend }) =>
    /^\{\{(?:http_)?(?:response_)?(?:status(?:_code)?|code)\}\}$/.test(legend),
  );
  if (named.length > 0 || !byStatus) return named;
  return statusClasses.map(([pattern, colour]) => ({
    matcher: { id: 'byRegexp', options: pattern },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: colour } }],
  }));
}
