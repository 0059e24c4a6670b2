import type { Match } from '../../../spec/spec.js';
import { activities, type Activity } from '../facts.js';
import type { ScoredFunction } from '../scored.js';

/** Functions that one rule means. */
export interface Group {
  /** How the rule means them. */
  readonly form: 'call' | 'tool' | 'class' | 'function' | 'member';
  readonly activity: Activity | undefined;
  readonly match: Match;
  readonly targets: readonly ScoredFunction[];
}

/** Longest pattern that the schema admits, with some room. */
const longest = 180;
/** What patterns of names may hold, without wildcards. */
const plainName = /^[A-Za-z0-9_$#.@/-]+$/;
/** Kinds that rules mean only where they name them. */
const special: ReadonlySet<string> = new Set(['getter', 'setter', 'constructor']);

/** Why no rule can be proposed for a function; undefined where one can. */
export function unfit({ kind, name, className, tool }: ScoredFunction): string | undefined {
  if (special.has(kind)) return `a ${kind} has to be named by hand`;
  const names = [
    name,
    ...(className === undefined ? [] : [className]),
    ...(tool === undefined || tool === '' ? [] : [tool]),
  ];
  return names.every((each) => plainName.test(each)) ? undefined : 'its name cannot be written as a pattern';
}

/** Puts functions together that can be meant by one rule: calls of one model API, tools, methods of one class, functions of one file. */
export function groupsOf(targets: readonly ScoredFunction[]): readonly Group[] {
  const groups = new Map<
    string,
    { form: Group['form']; activity: Activity | undefined; targets: ScoredFunction[]; pattern: string }
  >();
  for (const target of targets) {
    for (const { form, by, pattern } of waysOf(target)) {
      const activity = form === 'call' ? 'model' : mainActivity(target);
      const key = `${form}\0${by}\0${form === 'call' || form === 'tool' ? '' : (activity ?? '')}`;
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { form, activity, targets: [target], pattern });
      else if (!known.targets.includes(target)) known.targets.push(target);
    }
  }
  return [...groups.values()].flatMap(({ form, activity, targets: members, pattern }) =>
    parts(members).map((some) => ({ form, activity, targets: some, match: matchOf(form, some, pattern) })),
  );
}

/** The activity that weighs most. */
export function mainActivity({ does }: ScoredFunction): Activity | undefined {
  return activities.find((each) => does[each] !== undefined);
}

function waysOf(target: ScoredFunction): readonly { form: Group['form']; by: string; pattern: string }[] {
  const calls = target.calls.filter(({ activity, isTraced }) => activity === 'model' && !isTraced);
  const patterns = [...new Set(calls.map(({ callee }) => callPattern(callee)))].filter(
    (each): each is string => each !== undefined,
  );
  // A tool is a run of its own, whatever it asks.
  if (target.tool !== undefined)
    return target.tool === ''
      ? [{ form: 'member', by: target.path, pattern: '' }]
      : [{ form: 'tool', by: '', pattern: '' }];
  if (patterns.length > 0)
    return patterns.map((pattern) => ({ form: 'call' as const, by: pattern, pattern }));
  if (target.className !== undefined)
    return [{ form: 'class', by: `${target.path}\0${target.className}`, pattern: '' }];
  return [{ form: target.isMember ? 'member' : 'function', by: target.path, pattern: '' }];
}

/** `this.client.chat.completions.create` as `*.chat.completions.create`; a function of its own as it is. */
export function callPattern(callee: string): string | undefined {
  const text = callee
    .replace(/^new /, '')
    .replaceAll('()', '')
    .replace(/\[[^\]]*\]/g, '');
  if (!plainName.test(text)) return undefined;
  const parts = text.split('.');
  if (parts.length === 1) return text;
  const from = parts[0] === 'this' ? 2 : 1;
  const kept = parts.slice(Math.max(Math.min(from, parts.length - 1), parts.length - 3));
  return kept[0] === 'client' || kept[0] === parts[0]
    ? `*.${kept.slice(1).join('.')}`
    : `*.${kept.join('.')}`;
}

function matchOf(form: Group['form'], targets: readonly ScoredFunction[], pattern: string): Match {
  const [first] = targets;
  const files = [...new Set(targets.map(({ path }) => path))];
  const file = files.length === 1 && first !== undefined ? { file: fileGlob(first.path) } : {};
  const names = anyOf(targets.map(({ name }) => name));
  switch (form) {
    case 'call':
      return { call: pattern, ...file };
    case 'tool':
      return { tool: anyOf(targets.map(({ tool }) => tool ?? '')), ...file };
    case 'class':
      return { class: first?.className ?? '', method: names, ...file };
    case 'member':
      return { method: names, ...file };
    case 'function':
      return { function: names, ...file };
  }
}

/** Brackets stand for themselves in globs; what does not is any character. */
function fileGlob(path: string): string {
  return path.replace(/[*?{},]/g, '?');
}

function anyOf(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  return distinct.length === 1 ? (distinct[0] ?? '') : `{${distinct.join(',')}}`;
}

/** So many at once that the pattern is not too long. */
function parts(targets: readonly ScoredFunction[]): readonly (readonly ScoredFunction[])[] {
  const result: ScoredFunction[][] = [];
  let length = longest;
  for (const target of targets) {
    const own = Math.max(target.name.length, (target.tool ?? '').length) + 1;
    if (length + own > longest) {
      result.push([]);
      length = 0;
    }
    result.at(-1)?.push(target);
    length += own;
  }
  return result;
}
