import type { ts } from 'ts-morph';
import { replace, splice, type Edit } from '../edit.js';
import { FileFacts } from '../file/context.js';
import type { PlanSettings } from '../file/file-plan.js';
import { indentationAt } from '../file/text-style.js';
import { parseFile } from '../find/parse-file.js';
import type { CodeBase, CodeFile } from './code-base.js';
import { collectedOf } from './collected.js';
import type { Definition } from './definitions.js';
import { clientTypes, typeEdit } from './holder-types.js';
import type { MetricUses } from './metric-uses.js';
import { importEdits, metricsName } from './metrics-import.js';
import { droppedImports } from './unused-imports.js';

/** A metric whose definitions and calls can be those of its helper. */
export interface Adoptable {
  readonly name: string;
  /** What the generated code calls it. */
  readonly helper: string;
  readonly definitions: readonly Definition[];
  readonly uses: MetricUses;
}

/** A file with what was put into it. */
export interface AdoptedFile {
  readonly file: CodeFile;
  readonly text: string;
  /** Definitions that became helpers. */
  readonly definitions: number;
  /** Calls that had to change. */
  readonly calls: number;
  /** Lines of the new text on which an old stretch ends up, from 1. */
  linesOf(start: number, end: number): readonly [first: number, last: number];
}

/** What one file has to become. */
interface Share {
  readonly file: CodeFile;
  readonly facts: FileFacts;
  readonly edits: Edit[];
  readonly definitions: { readonly definition: Definition; readonly helper: string }[];
  readonly types: { readonly node: ts.TypeNode; readonly helper: string }[];
  calls: number;
}

/** Files that have to change for a metric. */
export function filesOf(code: CodeBase, { definitions, uses }: Adoptable): ReadonlySet<CodeFile> {
  const nodes: ts.Node[] = [
    ...definitions.map(({ node }) => node),
    ...uses.edits.map(({ source }) => source),
    ...uses.holders.flatMap((holder) => clientTypes(code.checker, holder)),
  ];
  return new Set(nodes.flatMap((node) => code.fileOf(node) ?? []));
}

/**
 * What the files become when these metrics are adopted.
 * @throws FileFault where a file would no longer parse: a fault of this folder
 */
export function adoptedFiles(
  code: CodeBase,
  metrics: readonly Adoptable[],
  settings: PlanSettings,
): readonly AdoptedFile[] {
  const shares = new Map<CodeFile, Share>();
  const shareOf = (node: ts.Node): Share | undefined => {
    const file = code.fileOf(node);
    if (file === undefined) return undefined;
    const known = shares.get(file);
    if (known !== undefined) return known;
    const facts = new FileFacts(file.source, file.path, settings);
    const share: Share = { file, facts, edits: [], definitions: [], types: [], calls: 0 };
    shares.set(file, share);
    return share;
  };
  for (const { helper, definitions, uses } of metrics) {
    for (const definition of definitions) shareOf(definition.node)?.definitions.push({ definition, helper });
    for (const { source, edits } of uses.edits) {
      const share = shareOf(source);
      share?.edits.push(...edits);
      if (share !== undefined) share.calls += 1;
    }
    for (const holder of uses.holders)
      for (const node of clientTypes(code.checker, holder)) shareOf(node)?.types.push({ node, helper });
  }
  return [...shares.values()].map((share) => written(code, share));
}

function written(code: CodeBase, { file, facts, edits, definitions, types, calls }: Share): AdoptedFile {
  const all = [...edits];
  if (definitions.length > 0 || types.length > 0) {
    const { text: metrics, local } = metricsName(facts);
    for (const { definition, helper } of definitions)
      all.push(...definitionEdits(definition, `${metrics}.${helper}`, facts));
    for (const { node, helper } of types) all.push(typeEdit(node, `${metrics}.${helper}`));
    const nodes = [...definitions.map(({ definition }) => definition.node), ...types.map(({ node }) => node)];
    const gone = nodes.map((node) => ({ start: node.getStart(), end: node.end }));
    const dropped = droppedImports(code.checker, file.source, gone);
    all.push(...dropped.edits, ...importEdits(facts, local, dropped.statements, definitions.length === 0));
  }
  const text = splice(facts.text, all);
  const { text: parsed, source } = parseFile(file.path, text);
  const ordered = [...all].sort((a, b) => a.start - b.start);
  return {
    file,
    text: parsed,
    definitions: definitions.length,
    calls,
    linesOf: (start, end) => [lineAt(source, moved(ordered, start)), lineAt(source, moved(ordered, end))],
  };
}

/** The helper in the place of a definition, and what is read at each scrape behind it. */
function definitionEdits(definition: Definition, helper: string, facts: FileFacts): readonly Edit[] {
  const { node } = definition;
  const collected = collectedOf(definition);
  if (collected === undefined || 'reason' in collected)
    return [replace(node.getStart(), node.end, helper, node)];
  const { value, held } = collected;
  const reading = (name: string): string => `${name}.observe(() => ${value.getText()})`;
  if (held === undefined) return [replace(node.getStart(), node.end, reading(helper), node)];
  const { name, statement } = held;
  const indent = indentationAt(facts.text, facts.text.lastIndexOf('\n', statement.getStart()) + 1);
  const line = `${facts.newline}${indent}${reading(name)}${facts.semicolons ? ';' : ''}`;
  return [
    replace(node.getStart(), node.end, helper, node),
    { start: statement.end, end: statement.end, text: line, side: 'close', extent: statement.end },
  ];
}

/** Where an offset of the old text is in the new one. */
function moved(edits: readonly Edit[], offset: number): number {
  let by = 0;
  for (const { start, end, text } of edits) {
    if (start >= offset) break;
    by += text.length - (Math.min(end, offset) - start);
  }
  return Math.max(0, offset + by);
}

function lineAt(source: ts.SourceFile, offset: number): number {
  return source.getLineAndCharacterOfPosition(Math.min(offset, source.text.length)).line + 1;
}
