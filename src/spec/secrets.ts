import { catalogueEntry } from '../diagnostics/catalogue.js';
import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic, Range } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import type { Text } from '../diagnostics/text.js';
import type { Located, LocatedEntry, LocatedMap } from './located.js';
import { endOfPrivateKey, secretShapes } from './secret-shapes.js';
import type { Span } from './yaml/tokens.js';

interface Secret extends Span {
  readonly name: string;
}

/** The secrets of a text, in its order, without overlaps. */
export function secretsIn(text: string): readonly Secret[] {
  const found: Secret[] = [];
  for (const { name, pattern, sigils, holds } of secretShapes) {
    if (!sigils.some((sigil) => text.includes(sigil))) continue;
    for (const match of text.matchAll(pattern)) {
      if (holds !== undefined && !holds(match)) continue;
      const secret = match[1] ?? match[0];
      const start = match.index + match[0].lastIndexOf(secret);
      const end = start + secret.length;
      found.push({ name, start, end: name === 'a private key' ? endOfPrivateKey(text, end) : end });
    }
  }
  const apart: Secret[] = [];
  for (const each of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if ((apart.at(-1)?.end ?? 0) <= each.start) apart.push(each);
  }
  return apart;
}

/** Finds the secrets of a file, in its values and in its comments, and marks them, so that nothing shows them from here on. */
export function checkSecrets(source: SourceFile): Diagnostic[] {
  const secrets = secretsIn(source.text);
  source.secrets.push(...secrets.map(({ start, end }) => ({ start, end })));
  return secrets.map((secret) => secretDiagnostic(source, secret));
}

function secretDiagnostic(source: SourceFile, { name, start, end }: Secret): Diagnostic {
  return diagnostic('OBS3901', {
    message: `a secret stands in the spec: this looks like ${name}`,
    range: { source, start, end },
    help: 'revoke it, for it is in every copy of this file; name an environment variable or a file that holds the new one',
  });
}

/** Whether a range shows a part of a secret. The secrets of a file are in its order and apart from each other. */
export function showsSecret(range: Range | undefined): boolean {
  if (range === undefined || range.source.secrets.length === 0) return false;
  const { secrets } = range.source;
  let low = 0;
  let high = secrets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((secrets[middle]?.end ?? 0) <= range.start) low = middle + 1;
    else high = middle;
  }
  const next = secrets[low];
  return next !== undefined && next.start < range.end;
}

/** A finding about a place that holds a secret, reduced to what the catalogue says: a message may quote the place. */
export function withoutSecrets(each: Diagnostic): Diagnostic {
  if (
    each.code === 'OBS3901' ||
    !(showsSecret(each.range) || each.related.some(({ range }) => showsSecret(range)))
  )
    return each;
  return { ...each, message: catalogueEntry(each.code).title, related: [], help: undefined, fix: undefined };
}

/**
 * The tree with every secret replaced by as many `x`, so that no later stage can repeat one. Secrets that only escapes or folded lines
 * hide are found here, and reported.
 */
export function maskSecrets(
  root: LocatedMap,
  source: SourceFile,
): { readonly root: LocatedMap; readonly diagnostics: readonly Diagnostic[] } {
  const found: Secret[] = [];
  const hidden = (text: Text): void => {
    const isVerbatim =
      source.text.startsWith(text.value, text.range.start) ||
      source.text.startsWith(text.value, text.range.start + 1);
    if (isVerbatim || text.value.length < 16) return;
    for (const { name, start, end } of secretsIn(text.value)) {
      const range = text.slice(start, end);
      if (!showsSecret(range)) found.push({ name, start: range.start, end: range.end });
    }
  };
  visitTexts(root, hidden);
  source.secrets.push(...found.map(({ start, end }) => ({ start, end })));
  source.secrets.sort((a, b) => a.start - b.start);
  const diagnostics = found.map((secret) => secretDiagnostic(source, secret));
  return { root: source.secrets.length === 0 ? root : (masked(root) as LocatedMap), diagnostics };
}

function visitTexts(node: Located, visit: (text: Text) => void): void {
  if (node.kind === 'scalar') visit(node.text);
  else if (node.kind === 'sequence') for (const item of node.items) visitTexts(item, visit);
  else
    for (const { key, value } of node.entries.values()) {
      visit(key);
      visitTexts(value, visit);
    }
}

function maskedText(text: Text): Text {
  if (!showsSecret(text.range)) return text;
  let value = '';
  for (let at = 0; at < text.value.length; at += 1)
    value += showsSecret(text.slice(at, at + 1)) ? 'x' : (text.value[at] ?? '');
  return { value, range: text.range, slice: (from, to) => text.slice(from, to) };
}

function masked(node: Located): Located {
  if (!showsSecret(node.range)) return node;
  if (node.kind === 'scalar') {
    const text = maskedText(node.text);
    return { ...node, text, value: typeof node.value === 'string' ? text.value : node.value };
  }
  if (node.kind === 'sequence') return { ...node, items: node.items.map(masked) };
  const entries = new Map<string, LocatedEntry>();
  for (const entry of node.entries.values()) {
    const key = maskedText(entry.key);
    entries.set(key.value, { ...entry, key, value: masked(entry.value) });
  }
  return { ...node, entries };
}
