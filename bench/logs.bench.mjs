// Log lines: what one costs with redaction and the ids of the trace, next to pino with the same, and what the search for secrets costs.
import { compileHelpers } from './metrics/helpers.mjs';
import { cases as lines } from './logs/lines.mjs';
import { cases as redaction, hostileTexts } from './logs/redaction.mjs';

export const rounds = 5;
export const peers = true;

export function prepare() {
  return { helpers: compileHelpers() };
}

export const cases = { ...lines, ...redaction };

const line = (name, title, goal) => ({
  name: title,
  unit: 'ns',
  ours: `${name}/ours.ns`,
  peers: { pino: `${name}/pino.ns` },
  ...(goal === undefined ? {} : { goals: { pino: goal } }),
});

export const rows = [
  line('event', 'line of an event of 11 fields, two of them secret, in a span', 6),
  line('bytes', 'the same to bytes, 32 KiB at once', 4),
  line('plain', 'line of an event without fields, in a span'),
  line('text', 'line of free text with 10 fields, in a span'),
  {
    name: 'line below the level',
    unit: 'ns',
    ours: 'disabled/ours.ns',
    floor: 'disabled/floor.ns',
    peers: { pino: 'disabled/pino.ns' },
    goal: 3,
  },
  {
    name: 'allocated by a line of an event',
    unit: 'B',
    ours: 'event/ours.bytes',
    peers: { pino: 'event/pino.bytes' },
  },
  { name: 'a prompt of 1 MB searched whole', unit: 'ms', ours: 'redaction/prompt.whole', goal: 10 },
  {
    name: 'a prompt of 1 MB with 50 secrets searched whole',
    unit: 'ms',
    ours: 'redaction/prompt.secrets',
    goal: 10,
  },
  { name: 'a prompt of 1 MB as the field of a line', unit: 'ms', ours: 'redaction/prompt.field', goal: 10 },
  ...Object.keys(hostileTexts).map((name) => ({
    name: `64 KB of ${name}`,
    unit: 'ms',
    ours: `redaction/hostile.${name}`,
    goal: 5,
  })),
];
