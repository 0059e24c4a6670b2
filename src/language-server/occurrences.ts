import type { Range } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import type { Text } from '../diagnostics/text.js';
import { queriesOf } from '../model/checks/query-list.js';
import type { Model } from '../model/model.js';
import { seriesNamed } from '../model/series.js';
import { templateLabels } from '../promql/alert-template.js';
import type { LoadedSpec } from '../spec/loaded.js';
import type { Located, LocatedEntry, Path } from '../spec/located.js';
import { declaredAt, referredAt, sectionsOf, type Kind } from './kinds.js';
import { namesInQuery } from './promql/names.js';

/** A place where a name stands. */
export interface Occurrence {
  readonly kind: Kind;
  /** The key that declares it: for a series of a histogram the metric, for a label in PromQL the key of the spec. */
  readonly name: string;
  readonly role: 'declaration' | 'reference';
  /** What is written for the name alone: without `_bucket`, without quotes. */
  readonly range: Range;
  /** All of the word: with the `_bucket` of a series. */
  readonly word: Range;
  /** What is written there, where it is not `name`: a label's name on the wire. */
  readonly isWire: boolean;
}

/** The names of a spec: where each is declared, and where it is used. */
export class Occurrences {
  readonly all: readonly Occurrence[];

  constructor(all: readonly Occurrence[]) {
    this.all = all;
  }

  /** The name at an offset, or directly before it; of several the shortest. */
  at(source: SourceFile, offset: number): Occurrence | undefined {
    const found = this.all.filter(
      ({ word }) => word.source === source && word.start <= offset && offset <= word.end,
    );
    return found.sort((a, b) => a.range.end - a.range.start - (b.range.end - b.range.start))[0];
  }

  of(kind: Kind, name: string): readonly Occurrence[] {
    return this.all.filter((each) => each.kind === kind && each.name === name);
  }
}

const known = new WeakMap<LoadedSpec, Occurrences>();

/** Every name in a spec, those in presets among them. */
export function occurrencesOf(loaded: LoadedSpec, model: Model): Occurrences {
  const found = known.get(loaded);
  if (found !== undefined) return found;
  const all: Occurrence[] = [];
  const add: Add = (kind, name, range, role, { isWire = false, word = range } = {}) => {
    if (range.end > range.start) all.push({ kind, name, range, role, isWire, word });
  };
  const labelIn = labelFinder(model, add);
  visit(loaded.root, [], {
    legend: (name) => {
      for (const found of name.value.matchAll(/\{\{\s*(\w+)\s*\}\}/g)) {
        const [whole, label = ''] = found;
        const from = found.index + whole.indexOf(label);
        labelIn(label, undefined, name.slice(from, from + label.length));
      }
    },
    declared: (kind, { key }) => {
      add(kind, key.value, inner(key), 'declaration');
    },
    referred: (kind, text) => {
      add(kind, text.value, inner(text), 'reference');
    },
    suppressed: (text) => {
      const place = suppressedName(text, model);
      if (place !== undefined) add(place.kind, place.name, place.range, 'reference');
    },
  });
  inQueries(model, add, labelIn);
  const made = new Occurrences(all);
  known.set(loaded, made);
  return made;
}

type Add = (
  kind: Kind,
  name: string,
  range: Range,
  role: Occurrence['role'],
  more?: { readonly isWire?: boolean; readonly word?: Range },
) => void;

/** A text without its quotes. */
function inner(text: Text): Range {
  return text.value === '' ? text.range : text.slice(0, text.value.length);
}

interface Visitor {
  readonly declared: (kind: Kind, entry: LocatedEntry) => void;
  readonly referred: (kind: Kind, text: Text) => void;
  readonly suppressed: (at: Text) => void;
  /** The name of a panel's query, which the legend shows. */
  readonly legend: (name: Text) => void;
}

function visit(node: Located, path: Path, visitor: Visitor): void {
  if (node.kind === 'scalar') {
    if (typeof node.value !== 'string') return;
    const kind = referredAt(path);
    if (kind !== undefined) visitor.referred(kind, node.text);
    else if (path[0] === 'suppress' && path.length === 3 && path[2] === 'at') visitor.suppressed(node.text);
    return;
  }
  if (node.kind === 'sequence') {
    node.items.forEach((item, index) => {
      visit(item, [...path, index], visitor);
    });
    return;
  }
  for (const [name, entry] of node.entries) {
    const here = [...path, name];
    const kind = declaredAt(here);
    // A key that was misspelt is read as another one: what is written there is not the name.
    if (kind !== undefined && entry.key.value === name) visitor.declared(kind, entry);
    if (path[0] === 'dashboards' && path.at(-1) === 'queries') visitor.legend(entry.key);
    visit(entry.value, here, visitor);
  }
}

/** The entry that `at` of a suppression names: `metrics.x_total.labels` leads to `x_total`. */
function suppressedName(
  text: Text,
  model: Model,
): { readonly kind: Kind; readonly name: string; readonly range: Range } | undefined {
  const maps: readonly (readonly [Kind, ReadonlyMap<string, unknown>])[] = [
    ['label', model.labels],
    ['metric', model.metrics],
    ['metric', model.external],
    ['span', model.spans],
    ['sli', model.slis],
    ['slo', model.slos],
    ['alert', model.alerts],
    ['dashboard', model.dashboards],
  ];
  for (const [kind, names] of maps) {
    for (const section of sectionsOf(kind)) {
      if (!text.value.startsWith(`${section}.`)) continue;
      const rest = text.value.slice(section.length + 1);
      const name = [...names.keys()].find((each) => rest === each || rest.startsWith(`${each}.`));
      if (name === undefined) continue;
      const from = section.length + 1;
      return { kind, name, range: text.slice(from, from + name.length) };
    }
  }
  return undefined;
}

/** Adds a label by its name on the wire, where one label of the spec alone can be meant. */
type LabelFinder = (wire: string, keys: readonly string[] | undefined, range: Range) => void;

function labelFinder(model: Model, add: Add): LabelFinder {
  const byWire = labelsByWire(model);
  return (wire, keys, range) => {
    const candidates = byWire.get(wire) ?? [];
    const [key, ...others] =
      keys === undefined ? candidates : candidates.filter((each) => keys.includes(each));
    if (key !== undefined && others.length === 0) add('label', key, range, 'reference', { isWire: true });
  };
}

function inQueries(model: Model, add: Add, addLabel: LabelFinder): void {
  for (const { query, subject } of queriesOf(model)) {
    if (query.expr === undefined) continue;
    for (const found of namesInQuery(query.text, query.expr)) {
      if (found.kind === 'metric') {
        const series = seriesNamed(model, found.name);
        if (series === undefined) continue;
        const { name } = series.metric;
        const { range } = found;
        const suffix = found.name.length - name.length;
        // The name stands in the file as it is, so its suffix is as long there.
        add('metric', name, { ...range, end: range.end - suffix }, 'reference', { word: range });
      } else {
        const metrics =
          found.metrics.length === 0 && subject !== undefined
            ? [subject]
            : found.metrics.map((name) => seriesNamed(model, name)?.metric);
        const keys = metrics.flatMap((metric) =>
          metric !== undefined && 'buckets' in metric ? metric.labels.map(({ key }) => key) : [],
        );
        addLabel(found.name, keys.length === 0 ? undefined : keys, found.range);
      }
    }
  }
  for (const alert of model.alerts.values()) {
    for (const text of [alert.summary, alert.description]) {
      if (text === undefined) continue;
      for (const { name, from, to } of templateLabels(text.value).labels)
        addLabel(name, undefined, text.slice(from, to));
    }
  }
}

/** The keys of labels by their names on the wire; several where presets have labels of one name. */
export function labelsByWire(model: Model): ReadonlyMap<string, readonly string[]> {
  const byWire = new Map<string, string[]>();
  for (const { key, wire } of model.labels.values()) {
    const keys = byWire.get(wire);
    if (keys === undefined) byWire.set(wire, [key]);
    else keys.push(key);
  }
  return byWire;
}
