import type { YAMLError } from 'yaml';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import type { SourceFile } from '../../diagnostics/source-file.js';
import type { Text } from '../../diagnostics/text.js';
import { limits } from '../limits.js';
import { quoted, singleQuoted } from '../quote.js';
import { rangeOf } from './scalar-text.js';
import type { Span, TokenScan } from './tokens.js';
import type { Unquoted } from './unquoted.js';
import { type SyntaxFault, endsOfOpenBrackets, yamlErrors } from './yaml-errors.js';

const at = (source: SourceFile, { start, end }: Span): Range =>
  rangeOf(source, start, Math.min(end, source.text.length));

/** The errors of the YAML itself. */
export function grammarFaults(
  source: SourceFile,
  found: {
    readonly scan: TokenScan;
    readonly errors: readonly YAMLError[];
    readonly aliases: readonly Range[];
    readonly covered: readonly Diagnostic[];
    readonly mended: ReadonlySet<YAMLError>;
  },
): SyntaxFault[] {
  const { scan, errors, aliases, covered, mended } = found;
  const ofAliases = aliases.map((range) =>
    diagnostic('OBS1005', {
      message: `alias \`${source.text.slice(range.start, range.end)}\`: a spec has neither anchors nor aliases`,
      range,
      help: 'write the value out, or share entries of several services through `imports`; a text that begins with * needs quotes',
    }),
  );
  const ofQuotes = scan.openQuotes.map((span) => openQuote(source, span));
  // A line that is indented less ends an open quote; without one it goes on to the end of the file, over all that was meant.
  const fileEnd = source.text.trimEnd().length;
  const isContained = ({ start, end }: Span) =>
    end < fileEnd || !source.text.slice(start, fileEnd).includes('\n');
  const damageOf = (span: Span | undefined) => (span !== undefined && isContained(span) ? 'entry' : 'file');
  const ofBrackets = innermost(source, withoutSwallowed(source, scan)).map((span) =>
    openBracket(source, span),
  );
  const own: SyntaxFault[] = [
    ...ofAliases.map((each): SyntaxFault => ({ diagnostic: each, damage: 'none' })),
    ...ofBrackets.map((each): SyntaxFault => ({ diagnostic: each, damage: 'entry' })),
    ...ofQuotes.map((each, index): SyntaxFault => ({
      diagnostic: each,
      damage: damageOf(scan.openQuotes[index]),
    })),
  ];
  const spans = [...own.map((each) => each.diagnostic), ...covered].flatMap((each) => each.range ?? []);
  const ends = endsOfOpenBrackets(errors);
  const brackets = scan.openBrackets.map(({ start }) => ({
    start,
    end: Math.min(...ends.filter((end) => end >= start)),
  }));
  const independent = errors.filter(
    ({ pos: [at] }) => ![...scan.openQuotes, ...brackets].some(({ start, end }) => start <= at && at <= end),
  );
  return [...own, ...yamlErrors(source, independent, spans, mended)];
}

/** The open brackets but those whose closing one an open quote on the same line has swallowed. */
function withoutSwallowed(source: SourceFile, { openBrackets, openQuotes }: TokenScan): Span[] {
  const lineOf = (span: Span): number => source.position(span.start).line;
  const lines = new Set(openQuotes.map(lineOf));
  return openBrackets.filter((bracket) => !lines.has(lineOf(bracket)));
}

/** Of the brackets of one line that are never closed, the last: where `[` is not closed, the `}` behind it does not count either. */
function innermost(source: SourceFile, brackets: readonly Span[]): Span[] {
  const ordered = [...brackets].sort((a, b) => a.start - b.start);
  const lineOf = (span: Span): number => source.position(span.start).line;
  return ordered.filter((span, index) => {
    const next = ordered[index + 1];
    return next === undefined || lineOf(next) !== lineOf(span);
  });
}

function openQuote(source: SourceFile, { start, end }: Span): Diagnostic {
  const lineEnd = source.text.indexOf('\n', start);
  return diagnostic('OBS1006', {
    message: 'this quote is never closed',
    range: rangeOf(source, start, Math.min(end, lineEnd === -1 ? end : lineEnd)),
    help: `put a closing ${source.text[start] === '"' ? '"' : "'"} at the end of the text`,
  });
}

function openBracket(source: SourceFile, span: Span): Diagnostic {
  const bracket = source.text[span.start] ?? '{';
  return diagnostic('OBS1006', {
    message: `this \`${bracket}\` is never closed`,
    range: at(source, span),
    help: `put a closing ${bracket === '{' ? '}' : ']'} behind the last entry; what stands on more lines must be indented`,
  });
}

/** What YAML allows and a spec does not; the tree is as it was meant. */
export function refusedProperties(source: SourceFile, scan: TokenScan): Diagnostic[] {
  return [
    ...scan.anchors.map((span) =>
      diagnostic('OBS1005', {
        message: `anchor \`${source.text.slice(span.start, span.end)}\`: a spec has neither anchors nor aliases`,
        range: at(source, span),
        help: 'remove it; share entries of several services through `imports`',
        fix: { range: at(source, withBlanks(source, span)), text: '' },
      }),
    ),
    ...scan.tags.map((span) =>
      diagnostic('OBS1009', {
        message: `tag \`${source.text.slice(span.start, span.end)}\`: a spec has no tags`,
        range: at(source, span),
        help: 'remove it; quotes make a text of a number',
      }),
    ),
    ...scan.directives.map((span) =>
      diagnostic('OBS1009', {
        message: `directive \`${source.text.slice(span.start, span.end)}\`: a spec has no directives`,
        range: at(source, span),
        help: 'remove it; specs are YAML 1.2',
      }),
    ),
    ...scan.moreDocuments.slice(0, 1).map((span) =>
      diagnostic('OBS1008', {
        message: 'a second document begins here, and a file holds one spec',
        range: at(source, span),
        help: 'put it into a file of its own and name that under `imports`',
      }),
    ),
  ];
}

/** A stretch and the blanks behind it, as they go when it is removed. */
function withBlanks(source: SourceFile, { start, end }: Span): Span {
  let last = end;
  while (source.text[last] === ' ') last += 1;
  return { start, end: last };
}

/** The second of two equal keys; the first is named as well. */
export function duplicateKey(key: Text, first: Text): Diagnostic {
  return diagnostic('OBS1007', {
    message: `key ${quoted(key.value)} stands twice in this map`,
    range: key.range,
    related: [{ range: first.range, message: 'it stands here first' }],
    help: 'merge the two, or rename one',
  });
}

/** A text that YAML took apart, with the quotes that it needs as a fix. */
export function unquotedText(source: SourceFile, span: Unquoted): Diagnostic {
  const range = at(source, span);
  const text = source.text.slice(span.start, span.end);
  const inQuotes = singleQuoted(text);
  const message =
    span.reason === 'template'
      ? 'a template needs quotes: without them, `{{` begins a map'
      : `${quoted(text)} needs quotes: inside { } and [ ], a bracket, brace or comma ends a text`;
  return diagnostic('OBS1015', {
    message,
    range,
    help: `put it in single quotes: ${inQuotes}`,
    fix: { range, text: inQuotes },
  });
}

/** The first collection beyond the cap on depth. */
export function tooDeep(source: SourceFile, span: Span): Diagnostic {
  return diagnostic('OBS1004', {
    message: `nested more than ${limits.depth} levels deep`,
    range: at(source, span),
    help: 'no section of a spec needs more than ten levels: look for a bracket or an indentation too much',
  });
}

/** A file without a document. */
export function emptyFile(source: SourceFile): Diagnostic {
  return diagnostic('OBS1019', {
    message: 'the file holds no spec',
    range: rangeOf(source, 0, 0),
    help: 'begin with `version: 1` and, below it, `service: { name: my-service }`',
  });
}

/** A document that is a list or a scalar. */
export function notAMap(range: Range): Diagnostic {
  return diagnostic('OBS1019', {
    message: 'a spec is a map of sections, and this is not a map',
    range,
    help: 'begin with `version: 1`, `service:` and so on',
  });
}

/** In the order of the file, and no more than the cap: the last one then says how many were left out. */
export function capped(source: SourceFile, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const ordered = [...diagnostics].sort((a, b) => (a.range?.start ?? 0) - (b.range?.start ?? 0));
  if (ordered.length <= limits.syntaxErrors) return ordered;
  const shown = ordered.slice(0, limits.syntaxErrors);
  const next = ordered[limits.syntaxErrors];
  shown.push(
    diagnostic('OBS1020', {
      message: `${ordered.length - limits.syntaxErrors} more faults of the YAML from here on are not shown`,
      range: next?.range ?? rangeOf(source, 0, 0),
      help: 'mend the first ones and run again',
    }),
  );
  return shown;
}
