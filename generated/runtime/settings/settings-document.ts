// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { hasOwn } from '../own-property.js';
import type { Settings } from './settings.js';

/** The content of a settings file: what it sets, or what is wrong with it and where. */
export type SettingsDocument =
  | { readonly settings: Settings; readonly mistakes: readonly [] }
  | { readonly settings?: undefined; readonly mistakes: readonly string[] };

const levels = new Set(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);
const levelWords = [...levels].join(', ');
const maxMistakes = 20;

/** What is wrong with the value of a key; undefined where nothing is. `at` leads to the value. */
type Check = (value: unknown, at: string) => readonly string[];

const level = oneOf(levels, `one of ${levelWords}`);
const flag: Check = (value, at) => (typeof value === 'boolean' ? [] : [`${at} has to be true or false`]);
const share: Check = (value, at) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? [] : [`${at} has to be a number from 0 to 1`];
const cap: Check = (value, at) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
    ? []
    : [`${at} has to be a whole number from 1 on`];

const checks: Readonly<Record<string, Check>> = {
  logLevel: level,
  logCategories: eachOf(level),
  sampling: share,
  captureContent: flag,
  switches: eachOf(flag),
  labels: eachOf(only({ cap, drop: flag })),
};

/** Reads the text of a settings file. A file with one mistake sets nothing: half of a change may be worse than none. */
export function settingsDocument(text: string): SettingsDocument {
  const clean = text.replace(/^\ufeff/, '');
  let document: unknown;
  try {
    document = JSON.parse(clean);
  } catch (error) {
    return { mistakes: [`it is no JSON${placeOf(error, clean)}`] };
  }
  const mistakes = only(checks)(document, '');
  if (mistakes.length === 0) return { settings: document as Settings, mistakes: [] };
  const more = mistakes.length - maxMistakes;
  return { mistakes: more > 0 ? [...mistakes.slice(0, maxMistakes), `and ${more} more`] : mistakes };
}

/** Where the text stops being JSON; the engine's own words would quote the file. */
function placeOf(error: unknown, text: string): string {
  const [, digits] = /position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  if (digits === undefined) return ': it ends too early';
  const before = text.slice(0, Number(digits)).split('\n');
  return `: line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** An object with these keys and no others. */
function only(keys: Readonly<Record<string, Check>>): Check {
  const known = Object.keys(keys).join(', ');
  return (value, at) =>
    entriesOf(value, at, (key, part, place) => {
      const check = hasOwn(keys, key) ? keys[key] : undefined;
      return check === undefined ? [`${place} is unknown; there are ${known}`] : check(part, place);
    });
}

/** An object whose values are all of one kind. */
function eachOf(check: Check): Check {
  return (value, at) => entriesOf(value, at, (_, part, place) => check(part, place));
}

function oneOf(values: ReadonlySet<unknown>, words: string): Check {
  return (value, at) => (values.has(value) ? [] : [`${at} has to be ${words}`]);
}

function entriesOf(
  value: unknown,
  at: string,
  check: (key: string, part: unknown, place: string) => readonly string[],
): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${at === '' ? 'the whole' : at} has to be an object`];
  return Object.entries(value).flatMap(([key, part]) => {
    const shown = printable(key);
    return check(key, part, at === '' ? shown : `${at}.${shown}`);
  });
}

/** A key as it can stand in a message. */
function printable(key: string): string {
  return key.replace(/[^\w.:/ -]/g, '?').slice(0, 80);
}
