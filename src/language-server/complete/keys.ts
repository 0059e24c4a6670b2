import { CompletionItemKind } from 'vscode-languageserver';
import type { Model } from '../../model/model.js';
import { type Plain, isObject } from '../../spec/plain.js';
import { dereferenced, exclusiveKeys, isExclusion, type SchemaNode } from '../../spec/schema/schema.js';
import type { Kind } from '../kinds.js';
import { describeBound, describeMetric, metricDetail } from '../promql/describe.js';
import { catalogue } from '../../diagnostics/catalogue.js';
import type { Choice } from './query.js';

/** The maps that a node takes, the branches of a union among them. */
function mapsOf(node: SchemaNode): readonly SchemaNode[] {
  const full = dereferenced(node);
  if (full.oneOf === undefined || isExclusion(full)) return full.properties === undefined ? [] : [full];
  return full.oneOf.flatMap(mapsOf);
}

/** Whether a node takes a map. */
export function takesMap(node: SchemaNode): boolean {
  const full = dereferenced(node);
  if (full.oneOf !== undefined && !isExclusion(full)) return full.oneOf.some(takesMap);
  return full.properties !== undefined || typeof full.additionalProperties === 'object';
}

/** The keys that may still be written into a map: those that are needed first. */
export function keyChoices(node: SchemaNode, present: Plain | undefined): readonly Choice[] {
  const written = isObject(present) ? Object.keys(present) : [];
  return mapsOf(node).flatMap((map) => {
    const exclusive = exclusiveKeys(map);
    const isDecided = exclusive.some((key) => written.includes(key));
    const required = map.required ?? [];
    return Object.entries(map.properties ?? {}).flatMap(([key, child], index): Choice[] => {
      if (written.includes(key) || (isDecided && exclusive.includes(key))) return [];
      const full = dereferenced(child);
      const isNeeded = required.includes(key);
      const order = `${isNeeded ? 0 : exclusive.includes(key) ? 1 : 2}${String(index).padStart(4, '0')}`;
      return [
        {
          label: key,
          kind: CompletionItemKind.Property,
          detail: `${isNeeded ? 'required, ' : ''}${typeName(full)}`,
          ...(full.description === undefined ? {} : { documentation: documentation(full) }),
          sortText: order,
        },
      ];
    });
  });
}

function typeName(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.map(String).join(' | ');
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.oneOf !== undefined && !isExclusion(node))
    return [...new Set(node.oneOf.map((branch) => typeName(dereferenced(branch))))].join(' or ');
  const types = [node.type ?? []].flat().filter((type) => type !== 'null');
  return types.map((type) => (type === 'array' ? 'list' : type === 'object' ? 'map' : type)).join(' or ');
}

/** The description of a key with its default and an example, as Markdown. */
export function documentation(node: SchemaNode): string {
  const parts = [node.description ?? ''];
  if (node.default !== undefined) parts.push(`Default: ${JSON.stringify(node.default)}`);
  const [example] = node.examples ?? [];
  if (example !== undefined)
    parts.push(`Example: ${typeof example === 'string' ? example : JSON.stringify(example)}`);
  return parts.join('\n\n');
}

/** The values that the schema lists for a scalar. */
export function scalarChoices(node: SchemaNode): readonly Choice[] {
  const full = dereferenced(node);
  if (full.oneOf !== undefined && !isExclusion(full)) return full.oneOf.flatMap(scalarChoices);
  const values = full.enum ?? (full.const === undefined ? undefined : [full.const]);
  if (values !== undefined)
    return values.map((value, index) => ({
      label: typeof value === 'string' ? value : JSON.stringify(value),
      kind: CompletionItemKind.EnumMember,
      sortText: String(index).padStart(4, '0'),
      ...(value === full.default ? { detail: 'default' } : {}),
    }));
  if (full.type === 'boolean')
    return ['true', 'false'].map((label) => ({ label, kind: CompletionItemKind.Keyword }));
  return (full.examples ?? []).flatMap((example) =>
    typeof example === 'string' || typeof example === 'number'
      ? [{ label: String(example), kind: CompletionItemKind.Value, detail: 'example' }]
      : [],
  );
}

/** The names that a reference may lead to. */
export function nameChoices(model: Model, kind: Kind): readonly Choice[] {
  const named = (names: Iterable<readonly [string, string | undefined]>): Choice[] =>
    [...names].map(([label, detail]) => ({
      label,
      kind: CompletionItemKind.Reference,
      ...(detail === undefined ? {} : { detail }),
    }));
  switch (kind) {
    case 'label':
      return [...model.labels.values()].map((label) => ({
        label: label.key,
        kind: CompletionItemKind.Reference,
        detail: describeBound(label),
        documentation: label.description,
        sortText: `${label.origin.preset === undefined ? 0 : 1}${label.key}`,
      }));
    case 'metric':
      return [...model.metrics.values(), ...model.external.values()].map((metric) => ({
        label: metric.name,
        kind: CompletionItemKind.Reference,
        detail: metricDetail(metric),
        documentation: { kind: 'markdown', value: describeMetric(metric) },
        sortText: `${metric.origin.preset === undefined ? 0 : 1}${metric.name}`,
      }));
    case 'span':
      return named([...model.spans.values()].map(({ name, description }) => [name, description]));
    case 'event':
      return named([...model.logs.events.values()].map(({ name, message }) => [name, message]));
    case 'sli':
      return named(
        [...model.slis.values()].map(({ name, description, form }) => [name, description ?? form]),
      );
    case 'slo':
      return named(
        [...model.slos.values()].map(({ name, objective, sli }) => [name, `${objective}% of ${sli.name}`]),
      );
    case 'alert':
      return named(
        [...model.alerts.values()].map(({ name, severity, summary }) => [
          name,
          `${severity}: ${summary.value}`,
        ]),
      );
    case 'dashboard':
      return named([...model.dashboards.values()].map(({ name, title }) => [name, title]));
    case 'preset':
      return [];
  }
}

/** The codes that a suppression may name. */
export function codeChoices(): readonly Choice[] {
  return Object.entries(catalogue)
    .filter(([code]) => /^OBS[1-3]/.test(code))
    .map(([code, { title, severity }]) => ({
      label: code,
      kind: CompletionItemKind.Constant,
      detail: `${severity}: ${title}`,
    }));
}
