import { isAscii, isUtf8 } from 'node:buffer';
import { ts } from 'ts-morph';
import type { FileNote } from './file-note.js';
import type { ParsedFile } from './parsed-file.js';

/** Thrown where a file cannot be parsed: it is left out, with the note. */
export class FileFault extends Error {
  readonly note: FileNote;

  constructor(note: FileNote) {
    super(`${note.path}: ${note.message}`);
    this.name = 'FileFault';
    this.note = note;
  }
}

/** Comments of JSDoc hold nothing that rules ask for, and parsing them costs a tenth. */
const parseOptions: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

/**
 * Reads a file's bytes or text. Throws a `FileFault` where they are not UTF-8 or hold a syntax error: an edit of what was not
 * understood could break it further.
 * @param path relative to the spec's folder, with `/`
 */
export function parseFile(path: string, content: Uint8Array | string): ParsedFile {
  const { text, hasByteOrderMark } = textOf(path, content);
  const source = parseSource(path, text);
  const fault = syntaxFault(source);
  if (fault === undefined) return { path, text, hasByteOrderMark, source };
  throw new FileFault({
    code: 'OBS5053',
    path,
    message: `a syntax error: ${fault.message}`,
    help: 'mend it and run again; the other files are not held up by it',
    start: fault.start,
  });
}

/** The syntax tree of a text, without parents; the kind of script is told by the extension. */
export function parseSource(path: string, text: string): ts.SourceFile {
  try {
    return ts.createSourceFile(path, text, parseOptions, false, scriptKind(path));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw tooDeep(path);
  }
}

/** The first syntax error of a file: message and offset. */
export function syntaxFault(source: ts.SourceFile): { message: string; start: number } | undefined {
  // Not in the declarations, but it has been there for as long as there were syntax errors.
  const { parseDiagnostics } = source as ts.SourceFile & {
    readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
  };
  const [first] = parseDiagnostics;
  if (first === undefined) return undefined;
  const message = ts.flattenDiagnosticMessageText(first.messageText, ' ').replace(/\.$/, '');
  return { message: message.charAt(0).toLowerCase() + message.slice(1), start: first.start };
}

/** A file whose nesting is deeper than the stack: nobody wrote it by hand. */
export function tooDeep(path: string): FileFault {
  return new FileFault({
    code: 'OBS5051',
    path,
    message: 'it is nested too deeply to be read',
    help: 'leave it out by `instrument.exclude`',
  });
}

function textOf(path: string, content: Uint8Array | string): { text: string; hasByteOrderMark: boolean } {
  if (typeof content === 'string') {
    const hasByteOrderMark = content.charCodeAt(0) === 0xfeff;
    return { text: hasByteOrderMark ? content.slice(1) : content, hasByteOrderMark };
  }
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (isAscii(bytes)) return { text: bytes.toString('latin1'), hasByteOrderMark: false };
  if (!isUtf8(content))
    throw new FileFault({
      code: 'OBS5052',
      path,
      message: 'it is not UTF-8',
      help: 'convert it to UTF-8, or leave it out by `instrument.exclude`',
    });
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { text: bytes.toString('utf8', hasByteOrderMark ? 3 : 0), hasByteOrderMark };
}

function scriptKind(path: string): ts.ScriptKind {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  switch (extension) {
    case 'tsx':
      return ts.ScriptKind.TSX;
    case 'jsx':
      return ts.ScriptKind.JSX;
    case 'js':
    case 'mjs':
    case 'cjs':
      return ts.ScriptKind.JS;
    default:
      return ts.ScriptKind.TS;
  }
}
