import type { Model, Span } from '../../../model/model.js';
import type { Activity } from '../facts.js';
import type { Group } from './groups.js';
import type { ProposedSpan } from './proposal.js';

/** A span for a group: of the spec, or a new one; with where its attributes come from. */
export interface ChosenSpan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Undefined where the spec has it. */
  readonly proposed: ProposedSpan | undefined;
}

const conventions: Readonly<Partial<Record<Activity, string>>> = {
  model: 'gen_ai.chat',
  tool: 'gen_ai.execute_tool',
};

const kindsOf: Readonly<Partial<Record<Activity, ProposedSpan['kind']>>> = {
  model: 'client',
  network: 'client',
  database: 'client',
};

/** Words that say nothing about what a function is for. */
const empty: ReadonlySet<string> = new Set(
  'get set run do to of the and for on in handle call execute create make load src lib index main utils helpers service agent'.split(
    ' ',
  ),
);

/** A likeness of less than this is none. */
const leastLikeness = 4;

/** The span that fits best: one of the spec by what it is for and by its words, otherwise a new one. */
export function spanFor(group: Group, model: Model | undefined, taken: ReadonlySet<string>): ChosenSpan {
  const likes = [...(model?.spans.values() ?? [])]
    .map((span) => ({ span, likeness: likenessOf(span, group), attributes: attributesOf(span, group) }))
    .filter(({ likeness, attributes }) => likeness >= leastLikeness && attributes !== undefined)
    .sort((a, b) => b.likeness - a.likeness || (a.span.name < b.span.name ? -1 : 1));
  const [best] = likes;
  if (best?.attributes !== undefined)
    return { name: best.span.name, attributes: best.attributes, proposed: undefined };
  return newSpan(group, new Set([...taken, ...(model?.spans.keys() ?? [])]));
}

function likenessOf(span: Span, { activity, targets }: Group): number {
  const convention = activity === undefined ? undefined : conventions[activity];
  // A span that a convention keeps for models and tools is for nothing else.
  if (span.convention !== undefined && span.convention !== convention) return 0;
  const own = new Set(wordsOf(span.name));
  const words = new Set(
    targets.flatMap(({ name, className = '', tool = '', path }) =>
      wordsOf(`${name} ${className} ${tool} ${path.split('/').slice(-2).join(' ')}`),
    ),
  );
  const shared = [...words].filter((word) => own.has(word)).length;
  const kind = activity === undefined ? undefined : kindsOf[activity];
  return (
    (convention !== undefined && span.convention === convention ? 10 : 0) +
    shared * 3 +
    (shared > 0 && (kind ?? 'internal') === span.kind ? 1 : 0)
  );
}

/** Where the span's labels come from; undefined where one that its metrics need cannot be told. */
function attributesOf(span: Span, { form, activity }: Group): Readonly<Record<string, string>> | undefined {
  const records = span.record.count !== undefined || span.record.duration !== undefined;
  const attributes: Record<string, string> = {};
  for (const { name, label } of span.attributes) {
    const path =
      label === undefined && name !== 'model' && name !== 'tool' ? undefined : pathFor(name, form, activity);
    if (path !== undefined) attributes[name] = path;
    else if (label !== undefined && records && label.key !== span.outcome?.label.key) return undefined;
  }
  return attributes;
}

function pathFor(name: string, form: Group['form'], activity: Activity | undefined): string | undefined {
  switch (name) {
    case 'tool':
      return form === 'tool' ? 'tool' : undefined;
    case 'operation':
      return activity === 'model' ? '=chat' : undefined;
    case 'model':
      return form === 'call' ? 'args.0.model' : undefined;
    default:
      return undefined;
  }
}

function newSpan({ form, activity, targets, match }: Group, taken: ReadonlySet<string>): ChosenSpan {
  const [first] = targets;
  const base = nameOf(form, activity, targets);
  let name = base;
  for (let number = 2; taken.has(name); number += 1) name = `${base}_${number}`;
  const several = targets.length > 1;
  const attributes: Record<string, string> =
    form === 'call' && match.call?.startsWith('*') === true
      ? { model: 'args.0.model' }
      : form === 'tool'
        ? { tool: 'tool' }
        : several
          ? { function: 'name' }
          : {};
  return {
    name,
    attributes,
    proposed: {
      name,
      kind: kindFor(activity, first?.name ?? ''),
      description: descriptionOf(activity, form),
      attributes: Object.fromEntries(Object.keys(attributes).map((key) => [key, 'string'])),
    },
  };
}

const nouns: Readonly<Record<Activity, string>> = {
  model: 'model_call',
  tool: 'tool_call',
  queue: 'job',
  network: 'request',
  database: 'query',
  process: 'process',
  file: 'file',
};

function nameOf(form: Group['form'], activity: Activity | undefined, targets: Group['targets']): string {
  const [first] = targets;
  if (first === undefined || form === 'call') return 'model.call';
  if (form === 'tool') return 'tool.call';
  const parts = first.path.replace(/\.[^/]*$/, '').split('/');
  const file = parts.at(-1) === 'index' ? (parts.at(-2) ?? 'index') : (parts.at(-1) ?? '');
  const area = snake(first.className ?? file);
  const verb = targets.length > 1 ? (activity === undefined ? 'step' : nouns[activity]) : snake(first.name);
  if (area !== verb) return `${area}.${verb}`;
  const folder = snake(parts.at(-2) ?? '');
  return folder === '' ? `${area}.run` : `${folder}.${verb}`;
}

/** What the schema admits as a part of a name. */
function snake(name: string): string {
  const words = wordsIn(name).join('_');
  return /^[a-z_]/.test(words) ? words : words === '' ? 'code' : `_${words}`;
}

function kindFor(activity: Activity | undefined, name: string): ProposedSpan['kind'] {
  if (activity === 'queue')
    return /process|work|consume|handle|subscribe/i.test(name) ? 'consumer' : 'producer';
  return (activity === undefined ? undefined : kindsOf[activity]) ?? 'internal';
}

const descriptions: Readonly<Record<Activity, string>> = {
  model: 'One call of a model.',
  tool: 'One call of a tool.',
  queue: 'Work that goes through a queue.',
  network: 'A call of another service.',
  database: 'Work with the database.',
  process: 'Another program that is run.',
  file: 'Work with files.',
};

function descriptionOf(activity: Activity | undefined, form: Group['form']): string {
  if (form === 'tool') return descriptions.tool;
  return activity === undefined ? 'A step of the work.' : descriptions[activity];
}

function wordsIn(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function wordsOf(name: string): readonly string[] {
  return wordsIn(name).filter((word) => word.length > 2 && !empty.has(word));
}
