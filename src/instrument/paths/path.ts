/** What the code around a place says literally: the name of the function, of its class, of the tool that it executes. */
export type PlaceFact = 'name' | 'class' | 'tool';

/** A value itself. */
export type Literal = string | number | boolean;

/** A step of a path, with its place in the text. */
export interface PathStep {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Where a value comes from. */
export type Path =
  | {
      readonly kind: 'value';
      /** What was called with, what it was called on, what it returned or its promise settled to. */
      readonly root: 'args' | 'this' | 'result';
      readonly steps: readonly PathStep[];
    }
  | { readonly kind: 'fact'; readonly fact: PlaceFact }
  | { readonly kind: 'literal'; readonly value: Literal };

/** What is wrong with a path, and where in its text. */
export interface PathFault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly help?: string | undefined;
  /** What to put there instead. */
  readonly fix?: string | undefined;
}

/** More steps than this lead nowhere that is worth a look. */
export const mostSteps = 12;

export type ReadPath = { readonly path: Path } | { readonly fault: PathFault };

const roots: readonly string[] = ['args', 'this', 'result'];
const facts: readonly string[] = ['name', 'class', 'tool'];

/**
 * Reads a path: `args.0.model`, `args.length`, `this.name`, `result.usage.inputTokens`; `name`, `class` and `tool`, which the code says
 * literally; `=chat`, the value itself.
 */
export function readPath(text: string): ReadPath {
  if (text.startsWith('=')) return { path: { kind: 'literal', value: literalOf(text.slice(1)) } };
  const steps = stepsOf(text);
  const [root, ...rest] = steps;
  const stranger = strangerIn(text);
  if (stranger !== undefined) return { fault: stranger };
  if (root === undefined || !(roots.includes(root.name) || facts.includes(root.name)))
    return { fault: unknownRoot(text, root) };
  const empty = rest.find(({ name }) => name === '');
  if (empty !== undefined) return { fault: nothingThere(text, empty) };
  const tooMany = rest[mostSteps];
  if (tooMany !== undefined) {
    const message = `the path has ${rest.length} steps, and ${mostSteps} are read`;
    return { fault: { from: tooMany.from, to: text.length, message } };
  }
  if (facts.includes(root.name)) return factPath(text, root, rest);
  if (root.name === 'args') {
    const fault = argumentFault(rest);
    if (fault !== undefined) return { fault };
  }
  return { path: { kind: 'value', root: root.name as 'args' | 'this' | 'result', steps: rest } };
}

/** The value behind `=`: a number, `true` or `false` where it is written as one, a text in all other cases; quotes make it a text. */
export function literalOf(text: string): Literal {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  } catch {
    // A text without quotes.
  }
  return text;
}

/** A value as the text of a path, so that reading it gives the value back. */
export function literalText(value: Literal): string {
  const plain = `=${String(value)}`;
  return typeof value !== 'string' || literalOf(value) === value ? plain : `=${JSON.stringify(value)}`;
}

function stepsOf(text: string): readonly PathStep[] {
  let from = 0;
  return text.split('.').map((name) => {
    const step = { name, from, to: from + name.length };
    from = step.to + 1;
    return step;
  });
}

/** The first character that no path has, with the way to say what was probably meant. */
function strangerIn(text: string): PathFault | undefined {
  const at = text.search(/[^\p{ID_Continue}$.-]/u);
  if (at < 0) return undefined;
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const fault = (message: string, help: string, to = at + character.length): PathFault => ({
    from: at,
    to,
    message,
    help,
  });
  switch (character) {
    case '#': {
      const message = 'private members cannot be read from outside of their class';
      return fault(message, 'give the class a getter for it, and name that', endOfStep(text, at));
    }
    case '[': {
      const index = /^\[(\w+)\]/.exec(text.slice(at));
      const help = 'write indices behind a dot: args.0.messages.0';
      if (index === null) return fault('paths have no brackets', help);
      const to = at + index[0].length;
      return { ...fault('paths have no brackets', help, to), fix: `${at === 0 ? '' : '.'}${index[1] ?? ''}` };
    }
    case '(':
      return fault('a path reads properties, it calls nothing', 'name a property, such as args.0.length');
    case '?':
      return text[at + 1] === '.'
        ? {
            ...fault('`?.` is not needed', 'a path ends where there is nothing: it gives no value then'),
            fix: '',
          }
        : fault('a path is no expression', 'it names properties behind dots: args.0.model');
    case '*':
      return fault('a path has no wildcards', 'name one property: args.0.model');
    case "'":
    case '"':
      return fault('a path has no quotes', 'a value itself stands behind =, as in =chat');
    default:
      return fault(`unexpected \`${character}\``, 'a path names properties behind dots: args.0.model');
  }
}

function endOfStep(text: string, at: number): number {
  const dot = text.indexOf('.', at);
  return dot < 0 ? text.length : dot;
}

const alike: Readonly<Record<string, string>> = {
  arg: 'args',
  argument: 'args',
  arguments: 'args',
  param: 'args',
  params: 'args',
  parameters: 'args',
  self: 'this',
  return: 'result',
  returns: 'result',
  returned: 'result',
  output: 'result',
  response: 'result',
  results: 'result',
};

function unknownRoot(text: string, root: PathStep | undefined): PathFault {
  const { name, from, to } = root ?? { name: text, from: 0, to: text.length };
  const near = alike[name.toLowerCase()];
  if (near !== undefined) {
    const message = `a path does not begin with \`${name}\``;
    return { from, to, message, help: `did you mean \`${near}\`?`, fix: near };
  }
  return {
    from,
    to,
    message: name === '' ? 'a path does not begin with a dot' : `a path does not begin with \`${name}\``,
    help: `it begins with args, this or result, or is name, class or tool; the value \`${text}\` itself is =${text}`,
  };
}

function nothingThere(text: string, { from }: PathStep): PathFault {
  return {
    from: from - 1,
    to: from,
    message: from >= text.length ? 'nothing stands behind the last dot' : 'nothing stands between two dots',
    help: 'take the dot out, or name a property behind it',
  };
}

function factPath(text: string, { name }: PathStep, rest: readonly PathStep[]): ReadPath {
  const [first] = rest;
  if (first === undefined) return { path: { kind: 'fact', fact: name as PlaceFact } };
  const message = `\`${name}\` is a text that the code says, it has no properties`;
  return { fault: { from: first.from - 1, to: text.length, message, help: `write \`${name}\` alone` } };
}

/** Arguments are counted: the first step is a number, or `length`. */
function argumentFault([first]: readonly PathStep[]): PathFault | undefined {
  if (first === undefined || first.name === 'length' || /^(?:0|[1-9][0-9]?)$/.test(first.name))
    return undefined;
  const { from, to, name } = first;
  const help = 'arguments are counted from 0: args.0 is the first one; args.length tells how many there are';
  return { from, to, message: `arguments have no names, so there is no \`args.${name}\``, help };
}
