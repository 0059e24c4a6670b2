import {
  anchor,
  anchorId,
  cellCode,
  code,
  heading,
  join,
  link,
  marked,
  text,
  type Markdown,
} from '../../encode/markdown.js';
import type { Duration, Label, Query } from '../../model/model.js';
import { formatPromql } from '../../promql/print.js';

/** Parts that are there, with a separator between them. */
export function listed(parts: readonly (Markdown | undefined)[], separator = ', '): Markdown {
  const there = parts.filter((part): part is Markdown => part !== undefined && part !== '');
  return join(there, separator);
}

/** Paragraphs, lists and tables one below the other. */
export function blocks(parts: readonly (Markdown | undefined)[]): Markdown {
  return listed(parts, '\n\n');
}

/** A list of facts: `- **Severity**: ticket`; facts that are not known are left out. */
export function facts(entries: readonly (readonly [name: string, value: Markdown | undefined])[]): Markdown {
  return listed(
    entries.map(([name, value]) =>
      value === undefined || value === '' ? undefined : marked`- **${text(name)}**: ${value}`,
    ),
    '\n',
  );
}

/** The kinds of entries that other places of the page link to. */
export type Kind = 'metric' | 'label' | 'span' | 'event' | 'slo' | 'alert' | 'dashboard';

/** What a link to an entry of this page leads to. */
export function entryAnchor(kind: Kind, name: string): Markdown {
  return anchor(anchorId(kind, name));
}

/** An entry's name in code type, where links to it lead. */
export function anchoredCode(kind: Kind, name: string): Markdown {
  return marked`${entryAnchor(kind, name)}${code(name)}`;
}

/** The heading of an entry, where links to it lead. */
export function entryHeading(kind: Kind, name: string): Markdown {
  return blocks([entryAnchor(kind, name), heading(3, text(name))]);
}

/** A link to an entry of this page, in code type. */
export function reference(kind: Kind, name: string): Markdown {
  return link(code(name), `#${anchorId(kind, name)}`);
}

/** The same for entries of which the page may not speak. */
export function referenceOr(kind: Kind, name: string, known: ReadonlyMap<string, unknown>): Markdown {
  return known.has(name) ? reference(kind, name) : code(name);
}

/** Columns of an expression before it is laid out on several lines. */
export const promqlColumns = 88;

/** PromQL laid out on several lines where it is long; as written where it cannot be read. */
export function promqlText({ text: written, expr }: Query): string {
  return expr === undefined ? written.value : formatPromql(expr, promqlColumns);
}

/** PromQL within a sentence. */
export function promqlWords({ text: written }: Query): Markdown {
  return code(written.value);
}

/** Values of a closed label, or names in general, in a cell of a table. */
export function codes(names: readonly string[]): Markdown {
  return listed(names.map(cellCode));
}

/** `1 metric`, `2 metrics`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12345` as `12,345`, whatever the machine's locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** What a result is split by: `, for each a and b`; nothing where it is not. */
export function byWords(labels: readonly Label[]): Markdown {
  if (labels.length === 0) return marked``;
  return marked`, for each ${listed(
    labels.map(({ wire }) => code(wire)),
    ' and ',
  )}`;
}

/** A share as a percentage without floating dust: 0.07 is `7 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(12))} %`;
}

/** A length of time for people: below a minute in seconds, `51.2s`, else as Prometheus writes it. */
export function timeWords({ text: shortest, seconds }: Duration): string {
  return seconds >= 1 && seconds < 60 ? `${seconds}s` : shortest;
}
