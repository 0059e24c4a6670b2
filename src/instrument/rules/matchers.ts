import type { Match } from '../../spec/spec.js';
import type { CandidateKind } from '../candidate.js';
import { literalsOf, nameGlob, type Glob } from './glob.js';
import { importedModules } from './imported-modules.js';
import type { Place } from './place.js';

/**
 * Texts of which a file has to hold all of one list, so that something in it can fit; undefined: nothing can be told from the text.
 * A name that is written with escapes does not count.
 */
export type Requirement = readonly (readonly string[])[] | undefined;

/** One key of a `match`. */
export interface Matcher {
  readonly key: string;
  fits(place: Place): boolean;
  /** Why it does not fit: what is there instead. */
  because(place: Place): string;
  readonly requires: Requirement;
}

const usualKinds: readonly CandidateKind[] = ['function', 'expression', 'method', 'object method'];

/** The matchers of all keys but `file`, which is asked once for each file; those that cost least come first. */
export function matchersOf(match: Match): readonly Matcher[] {
  const { types = false } = match;
  const isMember = 'it is no member of a class or an object';
  const matchers: (Matcher | undefined)[] = [
    kindMatcher(match),
    named(
      'call',
      match.call,
      (place) => (place.candidate.kind === 'call' ? place.candidate.name : undefined),
      {
        none: 'what is called has no name',
        split: /[.()[\]\s]+/,
      },
    ),
    named('method', match.method, (place) => place.memberName, { none: isMember }),
    named('function', match.function, (place) => place.functionName, {
      none: (place) =>
        place.memberName === undefined
          ? 'it is no function with a name'
          : `\`${place.memberName}\` is a member, which \`method\` means`,
    }),
    named('variable', match.variable, (place) => place.variableName, { none: 'no variable holds it' }),
    toolMatcher(match.tool),
    named('toolBy', match.toolBy, (place) => toolOf(place)?.callee, {
      none: 'it is no tool that is given to a function',
      split: /[.()[\]\s]+/,
    }),
    named('class', match.class, (place) => place.className, { none: 'it belongs to no class with a name' }),
    flag('exported', match.exported, (place) => place.candidate.isExported, [
      'is exported',
      'is not exported',
    ]),
    flag('async', match.async, (place) => place.isAsync(types), ['is asynchronous', 'is not asynchronous']),
    listed('extends', match.extends, (place) => place.heritage(types).extended, {
      none: 'its class extends nothing that its file tells of',
      isInFile: !types,
    }),
    listed('implements', match.implements, (place) => place.heritage(types).implemented, {
      none: 'its class implements nothing that its file tells of',
      isInFile: !types,
    }),
    listed('decorator', match.decorator, (place) => place.decorators, { none: 'it has no decorator' }),
    listed('imports', match.imports, (place) => importedModules(place.file), {
      none: 'its file imports nothing',
    }),
  ];
  return matchers.filter((each) => each !== undefined);
}

/** The kinds that a match means. Accessors and constructors are meant where they are listed, or named without a wildcard. */
export function kindsOf(match: Match): (place: Place) => boolean {
  if (match.kind !== undefined) {
    const kinds: readonly CandidateKind[] = match.kind;
    return ({ candidate }) => kinds.includes(candidate.kind);
  }
  const { method } = match;
  const exact = method === undefined ? undefined : nameGlob(method);
  if (exact?.isExact !== true) return ({ candidate }) => usualKinds.includes(candidate.kind);
  return (place) => usualKinds.includes(place.candidate.kind) || place.memberName !== undefined;
}

function kindMatcher(match: Match): Matcher {
  if (match.call !== undefined) {
    return {
      key: 'call',
      fits: ({ candidate }) => candidate.kind === 'call',
      because: () => 'it is no call',
      requires: undefined,
    };
  }
  const isMeant = kindsOf(match);
  const kinds = match.kind?.join(', ');
  return {
    key: 'kind',
    fits: (place) => place.candidate.kind !== 'call' && isMeant(place),
    because: ({ candidate }) =>
      candidate.kind === 'call'
        ? 'it is a call, and the rule has no `call`'
        : kinds === undefined
          ? `${withArticle(candidate.kind)} is only meant where \`kind\` lists it, or \`method\` names it without a wildcard`
          : `${withArticle(candidate.kind)} is not one of ${kinds}`,
    requires: undefined,
  };
}

const withArticle = (kind: CandidateKind): string => `${/^[aeo]/.test(kind) ? 'an' : 'a'} ${kind}`;

interface Words {
  /** What is said where there is nothing to compare. */
  readonly none: string | ((place: Place) => string);
  /** Separators that the text may write differently. */
  readonly split?: RegExp;
}

function named(
  key: string,
  pattern: string | undefined,
  nameOf: (place: Place) => string | undefined,
  { none, split }: Words,
): Matcher | undefined {
  if (pattern === undefined) return undefined;
  const glob = nameGlob(pattern);
  return {
    key,
    fits(place) {
      const name = nameOf(place);
      return name !== undefined && glob.fits(name);
    },
    because(place) {
      const name = nameOf(place);
      if (name === undefined) return typeof none === 'string' ? none : none(place);
      return `\`${name}\` does not match \`${pattern}\``;
    },
    requires: requirementOf(glob, split),
  };
}

/** A default export is called `default`, also where the text says `module.exports`; so nothing is asked of the text for its sake. */
function requirementOf(glob: Glob, split?: RegExp): Requirement {
  if (glob.fits('default')) return undefined;
  return glob.alternatives.map((alternative) => {
    const literals = literalsOf(alternative);
    if (split === undefined) return literals;
    return literals.flatMap((literal) => literal.split(split)).filter((each) => each !== '');
  });
}

function listed(
  key: string,
  pattern: string | undefined,
  namesOf: (place: Place) => readonly string[],
  { none, isInFile = true }: { readonly none: string; readonly isInFile?: boolean },
): Matcher | undefined {
  if (pattern === undefined) return undefined;
  const glob = nameGlob(pattern);
  return {
    key,
    fits: (place) => namesOf(place).some((name) => glob.fits(name)),
    because(place) {
      const names = namesOf(place);
      return names.length === 0 ? none : `none of ${shown(names)} matches \`${pattern}\``;
    },
    requires: !isInFile ? undefined : key === 'imports' ? quotedLiterals(glob) : requirementOf(glob, /\./),
  };
}

const quotes = ["'", '"', '`'] as const;

/** Names of modules stand in quotes, which tells `'ai'` from all the words that hold these letters. */
function quotedLiterals({ alternatives }: Glob): Requirement {
  return alternatives.flatMap((alternative) =>
    quotes.map((quote) => literalsOf(`${quote}${alternative}${quote}`).filter((each) => each !== quote)),
  );
}

/** `none of` needs a list that a line can hold. */
function shown(names: readonly string[]): string {
  const some = names.slice(0, 6).map((name) => `\`${name}\``);
  return names.length > some.length
    ? `${some.join(', ')} and ${names.length - some.length} more`
    : some.join(', ');
}

function flag(
  key: string,
  wanted: boolean | undefined,
  read: (place: Place) => boolean,
  [is, isNot]: readonly [string, string],
): Matcher | undefined {
  if (wanted === undefined) return undefined;
  return {
    key,
    fits: (place) => read(place) === wanted,
    because: () => `it ${wanted ? isNot : is}`,
    requires: undefined,
  };
}

const toolOf = ({ candidate }: Place) => (candidate.kind === 'call' ? undefined : candidate.tool);

/** `tool: '*'` also means a tool whose name the code does not say literally. */
function toolMatcher(pattern: string | undefined): Matcher | undefined {
  if (pattern === undefined) return undefined;
  const glob = nameGlob(pattern);
  const isAny = glob.fits('');
  return {
    key: 'tool',
    fits(place) {
      const tool = toolOf(place);
      return tool !== undefined && (isAny || (tool.name !== undefined && glob.fits(tool.name)));
    },
    because(place) {
      const tool = toolOf(place);
      if (tool === undefined) return 'it is not what a tool executes';
      const name = tool.name;
      return name === undefined
        ? 'the name of the tool is not written literally'
        : `\`${name}\` does not match \`${pattern}\``;
    },
    requires: isAny ? undefined : requirementOf(glob),
  };
}
