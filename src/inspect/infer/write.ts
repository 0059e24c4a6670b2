import { Document, isMap, Pair, Scalar, YAMLMap, YAMLSeq, type ScalarTag, type Tags } from 'yaml';
import { yamlTags } from '../../encode/yaml.js';
import { Guess, namedSections, type Draft, type DraftBoard, type Entry } from './draft.js';

/** A list or a map that stands on one line, as it is written. */
class OneLine {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The package pads brackets and braces alike; here `[a, b]` and `{ a: b }` are written. */
const oneLine: ScalarTag = {
  tag: 'tag:obs-gen.dev,2026:line',
  default: true,
  identify: (value) => value instanceof OneLine,
  resolve: (value) => value,
  stringify: ({ value }) => (value as OneLine).text,
};

const tags = (known: Tags): Tags => [oneLine, ...yamlTags(known)];

/** Words that some reader of YAML takes for something else than a text. */
const special = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|~)$/i;

function wordInLine(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain = /^[A-Za-z_][\w ./-]*$|^[1-5][xX]{2}$|^(?:[0-9]+(?:ms|[smhdwy]))+$/.test(value);
  return isPlain && !special.test(value) && !value.endsWith(' ') ? value : JSON.stringify(value);
}

function lineOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(lineOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return `{ ${entries.map(([key, each]) => `${wordInLine(key)}: ${lineOf(each)}`).join(', ')} }`;
  }
  return wordInLine(value);
}

/** Keys whose maps are short, and stand on the line of their key. */
const linear: ReadonlySet<string> = new Set(['buckets', 'selector', 'labels', 'outcome']);

function nodeOf(value: unknown, key: string): Scalar | YAMLMap | YAMLSeq {
  if (Array.isArray(value)) return new Scalar(new OneLine(lineOf(value)));
  if (value instanceof YAMLSeq || value instanceof YAMLMap) return value;
  if (typeof value !== 'object' || value === null) return new Scalar(value);
  if (linear.has(key)) return new Scalar(new OneLine(lineOf(value)));
  return mapOf(Object.entries(value));
}

/** Columns beyond which a comment stands above its line. */
const widest = 110;

function commented(
  pair: Pair<Scalar, Scalar | YAMLMap | YAMLSeq>,
  { reason, mark }: Guess,
  indent: number,
): void {
  const comment = ` ${mark}: ${reason.replace(/\s+/g, ' ').trim()}`;
  const { value } = pair;
  if (value instanceof Scalar) {
    const shown = value.value instanceof OneLine ? value.value.text : String(value.value);
    if (indent + String(pair.key.value).length + shown.length + comment.length + 4 <= widest) {
      value.comment = comment;
      return;
    }
  }
  pair.key.commentBefore = comment;
}

/** @param names whether the keys are names of entries, and not keys of the language */
function mapOf(entries: readonly (readonly [string, unknown])[], indent = 4, names = false): YAMLMap {
  const map = new YAMLMap();
  for (const [key, written] of entries) {
    if (written === undefined) continue;
    const value: unknown = written instanceof Guess ? written.value : written;
    const pair = new Pair(new Scalar(key), nodeOf(value, names ? '' : key));
    if (written instanceof Guess) commented(pair, written, indent);
    map.items.push(pair);
  }
  return map;
}

function boardOf({ entry, rows }: DraftBoard): YAMLMap {
  const map = mapOf(Object.entries(entry));
  const sequence = new YAMLSeq();
  for (const { title, panels } of rows) {
    const list = new YAMLSeq();
    list.items = panels.map((panel) => mapOf(Object.entries(panel.entry), 12));
    sequence.items.push(
      mapOf(
        [
          ['title', title],
          ['panels', list],
        ],
        8,
      ),
    );
  }
  map.items.push(new Pair(new Scalar('rows'), sequence));
  return map;
}

/** What goes into a comment: nothing that could end it. */
function commentOf(lines: readonly string[]): string {
  // eslint-disable-next-line no-control-regex
  return lines.map((line) => ` ${line.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, ' ')}`).join('\n');
}

function addSection(root: YAMLMap, name: string, value: Scalar | YAMLMap | YAMLSeq, before?: string): Pair {
  const pair = new Pair(new Scalar(name), value);
  pair.key.spaceBefore = true;
  if (before !== undefined) pair.key.commentBefore = commentOf(before.split('\n'));
  root.items.push(pair);
  return pair;
}

function addNamed(
  root: YAMLMap,
  draft: Draft,
  name: string,
  entries: ReadonlyMap<string, Entry | null>,
): void {
  const left = draft.leftOut.get(name);
  if (entries.size === 0 && left === undefined) return;
  if (entries.size === 0) {
    addSection(root, name, new Scalar(new OneLine('{}')), (left ?? []).join('\n'));
    return;
  }
  const map = mapOf([...entries], 2, true);
  if (left !== undefined) map.comment = commentOf(left);
  addSection(root, name, map);
}

const header = (found: string): string => `Found by obs-gen infer: ${found}.
What no source states is marked \`guessed\`, with the reason. Correct it, remove the mark, and keep what is right.`;

/** Prints a draft as a spec. @param found what it was made of, for the comment above it */
export function writeDraft(draft: Draft, found: string, schema: string | undefined): string {
  const root = new YAMLMap();
  root.items.push(new Pair(new Scalar('version'), new Scalar(1)));
  addSection(root, 'service', mapOf(Object.entries(draft.service), 2));
  const [preset] = draft.presets;
  if (preset !== undefined) {
    const names = draft.presets.map((each) => (each instanceof Guess ? each.value : each));
    const pair = addSection(root, 'presets', new Scalar(new OneLine(lineOf(names))));
    const reasons = draft.presets.flatMap((each) =>
      each instanceof Guess ? [`guessed: ${each.reason}`] : [],
    );
    if (reasons.length > 0) (pair.key as Scalar).commentBefore = commentOf(reasons);
  }
  if (draft.budgets !== undefined) addSection(root, 'budgets', mapOf(Object.entries(draft.budgets), 2));
  addNamed(root, draft, 'external', draft.external);
  if (draft.suppress.length > 0) {
    const list = new YAMLSeq();
    list.items = draft.suppress.map((each) => new Scalar(new OneLine(lineOf(each))));
    addSection(
      root,
      'suppress',
      list,
      'Findings about names that others read already, and that stay as they are.',
    );
  }
  for (const name of namedSections) if (name !== 'external') addNamed(root, draft, name, draft[name]);
  const boards = [...draft.dashboards].map(([name, board]) => new Pair(new Scalar(name), boardOf(board)));
  const leftOfBoards = draft.leftOut.get('dashboards');
  if (boards.length > 0) {
    const map = new YAMLMap();
    map.items = boards;
    if (leftOfBoards !== undefined) map.comment = commentOf(leftOfBoards);
    addSection(root, 'dashboards', map);
  } else if (leftOfBoards !== undefined)
    addSection(root, 'dashboards', new Scalar(new OneLine('{}')), leftOfBoards.join('\n'));
  spread(root);
  const document = new Document(root, { customTags: tags });
  const lines = [
    ...(schema === undefined ? [] : [`yaml-language-server: $schema=${schema}`, '']),
    ...header(found).split('\n'),
  ];
  const comment = lines.map((line) => `# ${line}`.trimEnd()).join('\n');
  return `${comment}\n${document.toString({ lineWidth: 0, indent: 2 })}`;
}

/** A line between entries of several lines. */
function spread(root: YAMLMap): void {
  for (const { key, value } of root.items) {
    const name = (key as Scalar).value;
    if ((name !== 'metrics' && name !== 'alerts' && name !== 'spans') || !isMap(value)) continue;
    value.items.forEach((pair, index) => {
      if (index > 0 && isMap(pair.value)) (pair.key as Scalar).spaceBefore = true;
    });
  }
}
