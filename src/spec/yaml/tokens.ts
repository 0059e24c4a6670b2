import { type CST, Lexer, Parser } from 'yaml';
import { limits } from '../limits.js';

/** A stretch of the text, by offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What the tokens of a file say before anything is composed of them. */
export interface TokenScan {
  /** Shared with the composer: the file is read once. */
  readonly tokens: readonly CST.Token[];
  /** The bracket, dash or key that goes one level deeper than is allowed. */
  readonly tooDeep: Span | undefined;
  readonly anchors: readonly Span[];
  readonly tags: readonly Span[];
  readonly directives: readonly Span[];
  /** Opening quotes without a closing one; the span is the whole scalar. */
  readonly openQuotes: readonly Span[];
  /** Opening brackets without a closing one. */
  readonly openBrackets: readonly Span[];
  /** Documents after the first. */
  readonly moreDocuments: readonly Span[];
}

interface Found {
  tooDeep: Span | undefined;
  anchors: Span[];
  tags: Span[];
  directives: Span[];
  openQuotes: Span[];
  openBrackets: Span[];
  moreDocuments: Span[];
}

interface Level {
  readonly token: CST.Token;
  readonly depth: number;
}

const spanOf = (token: { readonly offset: number; readonly source?: string }): Span => ({
  start: token.offset,
  end: token.offset + Math.max(1, token.source?.length ?? 1),
});

/**
 * Reads the tokens of a file and walks them without recursion: composing a tree that is nested deeper than the call stack can end in an
 * abort of the process that no handler sees, so depth is measured here, and nothing is composed beyond the cap.
 */
export function scanTokens(text: string): TokenScan {
  const tokens: CST.Token[] = [];
  const found: Found = {
    tooDeep: undefined,
    anchors: [],
    tags: [],
    directives: [],
    openQuotes: [],
    openBrackets: [],
    moreDocuments: [],
  };
  let documents = 0;
  for (const token of shallowTokens(text, found)) {
    tokens.push(token);
    if (token.type === 'directive') found.directives.push(spanOf(token));
    if (token.type !== 'document') continue;
    documents += 1;
    if (documents > 1) found.moreDocuments.push(documentStart(token, text));
    properties(token.start, found);
    if (token.value !== undefined) walk(token.value, found);
  }
  return { tokens, ...found };
}

/**
 * The tokens of a file, or none from the place on at which it goes too deep: while a token is being read, the ones that it stands in wait
 * on the parser's stack.
 */
function* shallowTokens(text: string, found: Found): Generator<CST.Token> {
  const parser = new Parser();
  const lexer = new Lexer();
  for (const lexeme of lexer.lex(text)) {
    yield* parser.next(lexeme);
    // The document and a scalar stand there too.
    if (parser.stack.length <= limits.depth + 2) continue;
    const collections = parser.stack.filter(({ type }) => collectionTypes.has(type));
    const first = collections[limits.depth];
    if (first === undefined) continue;
    found.tooDeep = { start: first.offset, end: first.offset + 1 };
    return;
  }
  yield* parser.end();
}

const collectionTypes: ReadonlySet<string> = new Set(['block-map', 'block-seq', 'flow-collection']);

/** The `---` of a document, or its first token. */
function documentStart(document: CST.Document, text: string): Span {
  const marker = document.start.find((token) => token.type === 'doc-start');
  if (marker !== undefined) return spanOf(marker);
  const start = document.value?.offset ?? document.offset;
  const end = text.indexOf('\n', start);
  return { start, end: end === -1 ? text.length : Math.max(start, end) };
}

function properties(tokens: readonly CST.SourceToken[], found: Found): void {
  for (const token of tokens) {
    if (token.type === 'anchor') found.anchors.push(spanOf(token));
    else if (token.type === 'tag') found.tags.push(spanOf(token));
  }
}

function walk(root: CST.Token, found: Found): void {
  const stack: Level[] = [{ token: root, depth: 0 }];
  for (let level = stack.pop(); level !== undefined; level = stack.pop()) {
    const { token, depth } = level;
    if (token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar') {
      const quote = token.source[0];
      if (token.source.length < 2 || token.source.at(-1) !== quote || isEscaped(token))
        found.openQuotes.push({ start: token.offset, end: token.offset + token.source.length });
    }
    if (token.type !== 'block-map' && token.type !== 'block-seq' && token.type !== 'flow-collection')
      continue;
    if (depth >= limits.depth) {
      if (found.tooDeep === undefined || token.offset < found.tooDeep.start)
        found.tooDeep = { start: token.offset, end: token.offset + 1 };
      continue;
    }
    if (token.type === 'flow-collection' && !isClosed(token)) found.openBrackets.push(spanOf(token.start));
    for (const item of token.items) {
      properties(item.start, found);
      if (item.sep) properties(item.sep, found);
      if (item.key) stack.push({ token: item.key, depth: depth + 1 });
      if (item.value) stack.push({ token: item.value, depth: depth + 1 });
    }
  }
}

const isClosed = (token: CST.FlowCollection): boolean =>
  token.end.some(
    (end) => end.type === (token.start.type === 'flow-map-start' ? 'flow-map-end' : 'flow-seq-end'),
  );

/** Whether the quote at the end of a double-quoted scalar is an escaped one. */
function isEscaped(token: CST.FlowScalar): boolean {
  if (token.type !== 'double-quoted-scalar') return false;
  let backslashes = 0;
  while (token.source[token.source.length - 2 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
