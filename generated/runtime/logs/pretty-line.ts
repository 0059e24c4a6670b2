// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Keys that stand elsewhere in a line for people, or nowhere. */
const placed = new Set(['time', 'level', 'service', 'event', 'category', 'message', 'span_id']);

/** `12:30:01.250 INFO  run.accepted research task accepted agent=planner`; control characters stay escaped. */
export function prettyLine(line: string): string {
  const parts = JSON.parse(line) as Record<string, unknown>;
  const of = (name: string): string => {
    const value = parts[name];
    return typeof value === 'string' ? value : '';
  };
  const rest = Object.keys(parts)
    .filter((key) => !placed.has(key))
    .map((key) => `${key}=${plain(parts[key])}`);
  const start = [of('time').slice(11, 23), of('level').toUpperCase().padEnd(5)];
  const words = [of('event') || of('category'), shown(of('message'))].filter((word) => word !== '');
  return [...start, ...words, ...rest].join(' ');
}

function plain(value: unknown): string {
  return typeof value === 'string' && /^[\w.:/@+-]+$/.test(value) ? value : shown(JSON.stringify(value));
}

/** Control characters, which could move the cursor or colour the terminal, and line ends, as their escapes. */
function shown(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
