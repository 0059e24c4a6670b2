import type { LogEvent, Model } from '../../model/model.js';
import type { SampleLine } from './index.js';
import { hashOf, randomFrom } from './noise.js';

const lines = 120;
/** Milliseconds between two lines on average: an hour holds all of them. */
const pace = 30_000;

const texts: readonly (readonly [words: RegExp, values: readonly string[]])[] = [
  [/model|from|to$/, ['sage-large', 'sage-small']],
  [/tool/, ['search', 'fetch_page', 'run_code']],
  [/agent/, ['researcher', 'writer']],
  [/outcome|status/, ['completed', 'completed', 'completed', 'error']],
  [/reason/, ['rate_limit', 'timeout', 'server_error']],
  [/document/, ['report-2026.pdf', 'notes.md']],
  [/address|host|server/, ['127.0.0.1:8080']],
  [/policy|rule/, ['allowed-tools']],
  [/user|principal/, ['ada', 'grace']],
];

/** An identity as traces and spans have them. */
export function hexadecimal(random: () => number, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
}

function textOf(name: string, random: () => number): string {
  const values = texts.find(([words]) => words.test(name))?.[1];
  if (values === undefined) return `${name.replace(/_/g, '-')}-${Math.floor(random() * 900) + 100}`;
  return values[Math.floor(random() * values.length)] ?? '';
}

/** A value of a field that suits its name and type. */
export function fieldValue(
  { name, type }: { readonly name: string; readonly type: string },
  random: () => number,
): unknown {
  switch (type) {
    case 'int':
      return /_ms$|wait/.test(name) ? Math.round(200 + 3000 * random() ** 2) : Math.round(1 + 12 * random());
    case 'double':
      return /usd|cost/.test(name)
        ? Math.round(4000 * random()) / 1e5
        : Math.round(9000 * random() ** 2) / 1000;
    case 'boolean':
      return random() < 0.8;
    case 'ip':
      return `192.0.2.${Math.floor(random() * 254) + 1}`;
    case 'json':
      return {};
    default:
      return textOf(name, random);
  }
}

/** How often an event is logged, next to others: what is serious is rare. */
function weightOf({ level }: LogEvent): number {
  return level === 'info' || level === 'debug' ? 5 : level === 'trace' ? 0 : 1;
}

/** Security events are log lines as well. */
function eventsOf(model: Model): readonly (Pick<
  LogEvent,
  'name' | 'level' | 'message' | 'category' | 'fields'
> & {
  readonly weight: number;
})[] {
  const logged = [...model.logs.events.values()].map((event) => ({ ...event, weight: weightOf(event) }));
  const security = Object.entries(model.sections.security?.events ?? {}).map(([name, event]) => ({
    name,
    level: event.severity === 'low' ? ('info' as const) : ('warn' as const),
    message: event.description ?? name,
    category: 'security',
    fields: Object.entries(event.fields ?? {}).map(([field, type]) => ({ name: field, type })),
    weight: 1,
  }));
  return [...logged, ...security].filter(({ weight }) => weight > 0);
}

/** The event that a LogQL query asks for, and the words that lines are to contain, as far as such queries say it plainly. */
function passes(filter: string | undefined, { fields, level }: SampleLine): boolean {
  if (filter === undefined) return true;
  const text = JSON.stringify(fields);
  const stages = filter.replace(/^\s*\{[^}]*\}/, '');
  for (const [, label = '', operator, value = ''] of stages.matchAll(
    /\b(\w+)\s*(=~|=|!=)\s*["`]([^"`]*)["`]/g,
  )) {
    const field = label === 'level' ? level : fields[label];
    const found = typeof field === 'object' ? JSON.stringify(field) : (field as string | number | undefined);
    if (operator === '=' && found !== undefined && String(found) !== value) return false;
    if (operator === '=' && found === undefined) return false;
    if (operator === '!=' && String(found) === value) return false;
    if (operator === '=~' && !value.split('|').includes(String(found))) return false;
  }
  for (const [, words = ''] of stages.matchAll(/\|=\s*["`]([^"`]*)["`]/g))
    if (!text.includes(words)) return false;
  return true;
}

/** Made-up lines of the events that a spec declares, the latest first, every event among them. */
export function logLines(
  model: Model,
  { end, seed }: { readonly end: number; readonly seed: number },
  filter?: string,
): readonly SampleLine[] {
  const events = eventsOf(model);
  if (events.length === 0) return [];
  const random = randomFrom(hashOf('log lines', seed));
  const weighted = events.flatMap((event) => Array.from({ length: event.weight }, () => event));
  const found: SampleLine[] = [];
  for (let index = 0; index < lines; index += 1) {
    const event = events[index] ?? weighted[Math.floor(random() * weighted.length)];
    if (event === undefined) break;
    const fields: Record<string, unknown> = {
      event: event.name,
      message: event.message,
      service_name: model.service.name,
      ...(event.category === undefined ? {} : { category: event.category }),
    };
    for (const field of event.fields) fields[field.name] = fieldValue(field, random);
    fields['trace_id'] = hexadecimal(random, 32);
    fields['span_id'] = hexadecimal(random, 16);
    const age = (((index * 61) % lines) + random()) * pace;
    found.push({ time: Math.round(end * 1000 - age), level: event.level, fields });
  }
  return found.filter((line) => passes(filter, line)).sort((a, b) => b.time - a.time);
}
