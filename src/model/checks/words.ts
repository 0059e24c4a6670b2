import type { Metric } from '../model.js';

/** 12345 as 12,345. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}

/** 'a', 'b' and 'c'. */
export function quotedList(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} and ${last}`;
}

/** a, b and c. */
export function plainList(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** One thing, or several of it. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** 'a counter', 'a gauge', 'a histogram'. */
export function withArticle(type: Metric['type']): string {
  return `a ${type}`;
}

/** What labels a metric has, for a help text. */
export function itsLabels(names: readonly string[]): string {
  return names.length === 0 ? 'it has no labels' : `it has ${plainList(names)}`;
}
