import { Composer, type Document } from 'yaml';
import { diagnostic, fail } from '../../diagnostics/create.js';
import type { Diagnostic, Outcome, Range } from '../../diagnostics/diagnostic.js';
import type { SourceFile } from '../../diagnostics/source-file.js';
import { checkCharacters } from './characters.js';
import { withKeys } from './missing-colon.js';
import { type ComposeEvents, locatedTree } from './compose.js';
import type { Located, LocatedMap } from '../located.js';
import {
  capped,
  duplicateKey,
  emptyFile,
  grammarFaults,
  notAMap,
  refusedProperties,
  tooDeep,
  unquotedText,
} from './syntax-diagnostics.js';
import { type TokenScan, scanTokens } from './tokens.js';
import { trapIn } from './traps.js';
import { type Unquoted, findUnquoted, openParentheses } from './unquoted.js';

/** A place at which the tree is not what was meant. */
export interface Broken {
  readonly range: Range;
  /** Whether only the entry is affected that holds the place, and nothing behind it. */
  readonly isContained: boolean;
}

/** A file as a tree. */
export interface ParsedFile {
  readonly root: LocatedMap;
  /** Where the tree is not what was meant, because the YAML is faulty there. */
  readonly broken: readonly Broken[];
}

/** Text to a tree with positions. All faults of the YAML are reported; no value means that there is no tree to go on with. */
export function parseFile(source: SourceFile): Outcome<ParsedFile> {
  const { text, first, tabs } = composeLines(source);
  const unquoted = first.isSuspect ? findUnquoted(text) : { found: [], masked: text };
  const reading = unquoted.found.length === 0 ? first : compose(source, unquoted.masked, unquoted.found);
  const characters = checkCharacters(source);
  const { scan, contents } = reading;
  if (scan.tooDeep !== undefined) return fail([tooDeep(source, scan.tooDeep), ...capped(source, characters)]);
  const grammar = grammarFaults(source, {
    scan,
    errors: [...tabs, ...reading.errors],
    aliases: reading.aliases,
    covered: characters,
    mended: new Set(tabs),
  });
  const diagnostics = [
    ...characters,
    ...grammar.map((fault) => fault.diagnostic),
    ...unquoted.found.map((span) => unquotedText(source, span)),
    ...refusedProperties(source, scan),
    ...reading.findings,
  ];
  if (contents?.kind === 'map') {
    const broken = grammar.flatMap(({ diagnostic: { code, range }, damage }) => {
      if (range === undefined || damage === 'none') return [];
      // The line of a tab is not in the tree: what it belongs to ends before it.
      const place = code === 'OBS1014' ? { ...range, start: lastBefore(source, range.start) } : range;
      return [{ range: place, isContained: damage === 'entry' }];
    });
    const root = withKeys(
      contents,
      source,
      grammar.flatMap(({ key }) => key ?? []),
    );
    return { value: { root, broken }, diagnostics: capped(source, diagnostics) };
  }
  if (diagnostics.length === 0)
    diagnostics.push(contents === undefined ? emptyFile(source) : notAMap(contents.range));
  return { value: undefined, diagnostics: capped(source, diagnostics) };
}

const lastBefore = ({ text }: SourceFile, offset: number): number =>
  Math.max(0, text.slice(0, offset).trimEnd().length - 1);

/**
 * Composes a file with what only its lines get wrong put right, so that it does not hide what follows: a lone CR ends a line for YAML 1.2
 * but not for the parser, and a tab in the indentation is read as a space.
 * @returns the errors about tabs apart, for they are mended in the tree
 */
function composeLines(source: SourceFile): {
  readonly text: string;
  readonly first: Reading;
  readonly tabs: Document['errors'];
} {
  const text = source.text.replaceAll(/\r(?!\n)/g, '\n');
  const first = composeQuotes(source, text);
  const tabs = first.errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  if (tabs.length === 0) return { text, first, tabs };
  const mended = text.replaceAll(/^[ \t]+/gm, (indentation) => ' '.repeat(indentation.length));
  const second = compose(source, mended, []);
  if (second.errors.length === 0) return { text: mended, first: second, tabs };
  // Tabs among spaces are as wide as some editor showed them: the rest of the file can be read without their lines.
  const bare = text.replaceAll(/^ *\t[^\n]*/gm, (line) => ' '.repeat(line.length));
  const third = compose(source, bare, []);
  if (third.errors.length < Math.min(first.errors.length, second.errors.length))
    return { text: bare, first: { ...third, errors: [...tabs, ...third.errors] }, tabs: [] };
  const isBetter = second.errors.length < first.errors.length;
  return isBetter ? { text: mended, first: second, tabs } : { text, first, tabs: [] };
}

/**
 * Composes a file in which an open quote ends where the lines behind it are indented less. The parser only looks for that place where there
 * is another quote in the rest of the file: a comment behind its end holds one.
 */
function composeQuotes(source: SourceFile, text: string): Reading {
  const first = compose(source, text, []);
  const end = text.trimEnd().length;
  if (!first.scan.openQuotes.some((span) => span.end >= end)) return first;
  return compose(source, `${text}\n# ' "`, []);
}

interface Reading {
  readonly scan: TokenScan;
  readonly errors: Document['errors'];
  readonly contents: Located | undefined;
  readonly aliases: readonly Range[];
  /** Duplicate keys, number traps and the like, which leave the tree as it was meant. */
  readonly findings: readonly Diagnostic[];
  /** Whether a text may have been taken apart at its brackets. */
  readonly isSuspect: boolean;
}

function compose(source: SourceFile, text: string, unquoted: readonly Unquoted[]): Reading {
  const scan = scanTokens(text);
  const aliases: Range[] = [];
  const findings: Diagnostic[] = [];
  if (scan.tooDeep !== undefined)
    return { scan, errors: [], contents: undefined, aliases, findings, isSuspect: false };
  const document = firstDocument(scan);
  if (document === undefined)
    return { scan, errors: [], contents: undefined, aliases, findings, isSuspect: false };
  let isCutUp = false;
  const events: ComposeEvents = {
    duplicateKey: (key, first) => findings.push(duplicateKey(key, first)),
    complexKey: (range) =>
      findings.push(
        diagnostic('OBS1018', {
          message: 'a key is a text, and this one is a list, a map or an alias',
          range,
          help: 'write the key as one word, or put it in quotes',
        }),
      ),
    mergeKey: ({ range }) =>
      findings.push(
        diagnostic('OBS1017', {
          message: 'merge keys (`<<`) are not part of YAML 1.2',
          range,
          help: 'write the keys out, or share entries of several services through `imports`',
        }),
      ),
    loneKey(key) {
      isCutUp ||= /[=~]\s*["'`]/.test(key.value);
    },
    alias: (range) => aliases.push(range),
    scalar(scalar, style) {
      const trap = trapIn(scalar, style);
      if (trap !== undefined) findings.push(trap);
      if (style === 'plain' && typeof scalar.value === 'string' && scalar.value.includes('('))
        isCutUp ||= openParentheses(scalar.value) > 0;
    },
  };
  const stands = new Map(unquoted.map(({ start, end }) => [start, source.text.slice(start, end)]));
  const contents = isEmpty(document) ? undefined : locatedTree(document.contents, source, events, stands);
  const isSuspect = document.errors.length > 0 || isCutUp;
  return { scan, errors: document.errors, contents, aliases, findings, isSuspect };
}

function firstDocument(scan: TokenScan): Document | undefined {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    merge: false,
    logLevel: 'silent',
  });
  // Directives are refused; %YAML 1.1 would also change what plain scalars mean.
  const tokens = scan.tokens.filter((token) => token.type !== 'directive');
  for (const document of composer.compose(tokens)) return document;
  return undefined;
}

/** A file of comments, or of `---` alone, composes to a null that stands nowhere. */
function isEmpty(document: Document): boolean {
  const range = document.contents?.range;
  return document.contents === null || (range != null && range[0] === range[1]);
}
