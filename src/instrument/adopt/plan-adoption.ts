import { readFileSync } from 'node:fs';
import { ts } from 'ts-morph';
import { helperNames } from '../../emit/typescript/names.js';
import type { Metric, Model } from '../../model/model.js';
import type { PlanSettings } from '../file/file-plan.js';
import { quoteOf } from '../file/text-style.js';
import type { FileNote } from '../find/file-note.js';
import { listFiles } from '../find/list-files.js';
import type { RuleSet } from '../rules/rule-set.js';
import { filesOf, type Adoptable, type AdoptedFile } from './adopted-files.js';
import { codeBaseOf, lineOf, nodesNamed, type CodeBase, type CodeFile } from './code-base.js';
import { collectedOf } from './collected.js';
import { ConstantReader } from './constants.js';
import { findDefinitions, type Definition } from './definitions.js';
import { leftAlone, type LeftAlone, type Obstacle } from './left-alone.js';
import { UseFinder, type MetricUses } from './metric-uses.js';
import { Registries } from './registries.js';
import { differenceFrom } from './same-as-spec.js';
import { TypeTrial } from './type-trial.js';

/** A file of which something changes. */
export interface ChangedFile {
  readonly path: string;
  /** With the byte order mark where the file has one. */
  readonly before: string;
  readonly after: string;
  /** SHA-256 of the bytes that were read. */
  readonly hash: string;
  readonly definitions: number;
  readonly calls: number;
}

export interface PlannedAdoption {
  readonly files: readonly ChangedFile[];
  /** Names of metrics whose definitions become helpers, in the order of the spec. */
  readonly adopted: readonly string[];
  /** Metrics that stay as they are, by file and line. */
  readonly leftAlone: readonly LeftAlone[];
  /** Metrics of the spec that the code neither defines nor records by their helpers. */
  readonly undefined: readonly string[];
  /** Metrics that the code defines and the spec does not have. */
  readonly unknown: readonly string[];
  readonly notes: readonly FileNote[];
  /** Things to know that concern no file alone. */
  readonly remarks: readonly string[];
  /** Files that were looked at. */
  readonly read: number;
}

interface Place {
  readonly root: string;
  readonly outDir: string;
  readonly paths: readonly string[];
}

/**
 * What the code becomes when each metric of the spec that it defines by prom-client is recorded by its helper; nothing is written. A
 * metric is adopted as a whole or not at all.
 * @param unwritten generated files that are not on disk as the spec has them, by their absolute paths
 */
export async function planAdoption(
  model: Model,
  place: Place,
  unwritten?: ReadonlyMap<string, string>,
): Promise<PlannedAdoption> {
  const { include, exclude } = model.sections.instrument ?? {};
  const all = await listFiles({ root: place.root, outDir: place.outDir });
  const isAll = include === undefined && exclude === undefined && place.paths.length === 0;
  const chosen = isAll ? all : await listFiles({ ...place, include, exclude });
  const editable = new Set(chosen.files.map(({ path }) => path));
  const notes: FileNote[] = [...chosen.notes];
  const usesClient = all.files.some(({ absolute }) =>
    /prom-client|@prometheus-io\/client/.test(textAt(absolute)),
  );
  if (!usesClient)
    return {
      ...{ files: [], adopted: [], leftAlone: [], unknown: [], remarks: [], notes },
      undefined: unused(
        model,
        all.files.map(({ absolute }) => textAt(absolute)),
      ),
      read: all.files.length,
    };
  const code = codeBaseOf(
    place.root,
    all.files.map((file) => ({ ...file, isEditable: editable.has(file.path) })),
  );
  notes.push(...code.notes);
  const { adoptable, left, unknown } = adoptables(code, model);
  const settings: PlanSettings = { ...place, rules: {} as RuleSet };
  const tried = new TypeTrial(code, settings, unwritten).run(adoptable);
  const order = [...model.metrics.keys()];
  const adopted = tried.metrics.map(({ name }) => name);
  const leftOver = [...left, ...tried.leftAlone];
  const settled = new Set([...adopted, ...leftOver.map(({ metric }) => metric)]);
  return {
    files: tried.files.map(changed).sort((a, b) => (a.path < b.path ? -1 : 1)),
    adopted: adopted.sort((a, b) => order.indexOf(a) - order.indexOf(b)),
    leftAlone: leftOver.sort(byPlace),
    undefined: unused(
      model,
      code.files.map(({ source }) => source.text),
    ).filter((name) => !settled.has(name)),
    unknown,
    notes,
    remarks: mocked(code),
    read: all.files.length,
  };
}

function textAt(absolute: string): string {
  return readFileSync(absolute, 'utf8');
}

function byPlace(a: LeftAlone, b: LeftAlone): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.line - b.line || (a.metric < b.metric ? -1 : 1);
}

function changed({ file, text, definitions, calls }: AdoptedFile): ChangedFile {
  const mark = file.hasByteOrderMark ? '\uFEFF' : '';
  return {
    path: file.path,
    before: mark + file.source.text,
    after: mark + text,
    hash: file.hash,
    definitions,
    calls,
  };
}

/** Metrics with what the code does with them, and those that something of it holds up. */
function adoptables(
  code: CodeBase,
  model: Model,
): {
  readonly adoptable: readonly Adoptable[];
  readonly left: readonly LeftAlone[];
  readonly unknown: readonly string[];
} {
  const constants = new ConstantReader(code.checker);
  const names = helperNames(model);
  const { definitions, unclear } = findDefinitions(code, constants, new Set(model.metrics.keys()));
  const left: LeftAlone[] = [];
  const held = new Set<string>();
  for (const { node, name, ...obstacle } of unclear) {
    if (name !== undefined && held.has(name)) continue;
    left.push(leftAlone(code, name ?? 'a metric', node, obstacle));
    if (name !== undefined) held.add(name);
  }
  const registries = new Registries(code, constants);
  const adoptable: Adoptable[] = [];
  for (const metric of model.metrics.values()) {
    const own = definitions.filter(({ name }) => name === metric.name);
    if (own.length === 0 || held.has(metric.name)) continue;
    const found = readMetric(code, metric, own, registries);
    if ('reason' in found) left.push(found);
    else adoptable.push({ ...found, helper: names.metric(metric) });
  }
  const unknown = new Set(definitions.flatMap(({ name }) => (model.metrics.has(name) ? [] : [name])));
  return { adoptable, left, unknown: [...unknown].sort() };
}

function readMetric(
  code: CodeBase,
  metric: Metric,
  definitions: readonly Definition[],
  registries: Registries,
): Omit<Adoptable, 'helper'> | LeftAlone {
  for (const definition of definitions) {
    const obstacle =
      differenceFrom(metric, definition) ?? alone(definition) ?? registries.obstacleOf(definition);
    if (obstacle !== undefined) return leftAlone(code, metric.name, definition.node, obstacle);
  }
  const order = definitions[0]?.labelNames ?? [];
  const other = definitions.find(({ labelNames }) => labelNames?.join() !== order.join());
  if (other !== undefined)
    return leftAlone(code, metric.name, other.node, {
      reason: 'it is defined twice, with its labels in another order',
      help: 'give its labels the same order in all its definitions',
    });
  const uses = new UseFinder(code, metric, order, quoteOf).find(definitions);
  if (uses.obstacle !== undefined) {
    const { node, ...obstacle } = uses.obstacle;
    return leftAlone(code, metric.name, node, obstacle);
  }
  const found = { name: metric.name, definitions, uses };
  for (const file of filesOf(code, { ...found, helper: '' }))
    if (!file.isEditable)
      return {
        metric: metric.name,
        path: file.path,
        line: changedLine(file, uses) ?? lineOf(definitions[0]?.node ?? file.source),
        reason: 'this file would have to change, and it is not among those that may',
        help: 'name no paths, and look at `instrument.include` and `instrument.exclude`',
      };
  return found;
}

/** The first line that calls of a metric would change. */
function changedLine({ source }: CodeFile, { edits }: MetricUses): number | undefined {
  const starts = edits.flatMap((each) =>
    each.source === source ? each.edits.map(({ start }) => start) : [],
  );
  return starts.length === 0 ? undefined : source.getLineAndCharacterOfPosition(Math.min(...starts)).line + 1;
}

/** What stands in the way of reading it at each scrape, or of there being nothing that holds it. */
function alone(definition: Definition): Obstacle | undefined {
  const collected = collectedOf(definition);
  if (collected !== undefined) return 'reason' in collected ? collected : undefined;
  return ts.isExpressionStatement(definition.node.parent)
    ? { reason: 'nothing holds it', help: 'take it out, or hold it in a constant' }
    : undefined;
}

/** Metrics whose helpers nothing names. */
function unused(model: Model, texts: readonly string[]): readonly string[] {
  const names = helperNames(model);
  return [...model.metrics.values()].flatMap((metric) => {
    if (metric.origin.preset !== undefined) return [];
    const helper = names.metric(metric);
    const word = new RegExp(`\\b${helper}\\b`);
    return texts.some((text) => text.includes(helper) && word.test(text)) ? [] : [metric.name];
  });
}

/** Tests that watch the classes of the library see nothing of helpers. */
function mocked({ files }: CodeBase): readonly string[] {
  return files.flatMap(({ path, source }) => {
    const calls = nodesNamed(source, 'mock');
    const found = calls.find((node) =>
      /^\s*\(\s*(['"])(?:prom-client|@prometheus-io\/client)\1/.test(source.text.slice(node.end)),
    );
    return found === undefined
      ? []
      : [`${path}:${lineOf(found)} mocks the client library: it no longer sees what is recorded by helpers`];
  });
}
