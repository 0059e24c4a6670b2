import type { TsCode } from './typescript.js';

declare const brand: unique symbol;

/** One line of text that cannot end a block comment, begin a tag or be seen otherwise than it is read. */
export type CommentText = string & { readonly [brand]: 'comment' };

/** Characters that no reader sees or that change how others are seen. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;
/** White space other than the space, and line ends: linters refuse the one in comments, and the other begins a new line. */
const blanks = /[\s\u0085\u2028\u2029\ufeff]+/gu;

/** Text of a spec for a comment: on one line, white space made plain. */
export function commentText(text: string): CommentText {
  return text
    .replace(blanks, ' ')
    .trim()
    .replace(invisible, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
    .replace(/\*(?=\/)/g, '*\\')
    .replace(/\/(?=\*)/g, '/\\')
    .replace(/`/g, "'")
    .replace(/(?<![A-Za-z0-9_])@/g, '\\@') as CommentText;
}

/** A name or value in a comment, as code. */
export function commentCode(text: string): CommentText {
  return `\`${commentText(text)}\`` as CommentText;
}

/** Words of ours with text of a spec between them. */
export function comment(
  parts: TemplateStringsArray,
  ...values: readonly (CommentText | number)[]
): CommentText {
  return String.raw({ raw: parts.raw }, ...values) as CommentText;
}

/** Joins parts of a sentence. */
export function joinComment(parts: readonly CommentText[], separator: ', ' | ' ' | '; '): CommentText {
  return parts.join(separator) as CommentText;
}

/**
 * A JSDoc comment: on one line where it fits, each paragraph wrapped otherwise.
 * @param paragraphs in order; a tag is a paragraph of its own; empty ones are left out
 * @returns nothing where there is nothing to say
 */
export function jsDoc(paragraphs: readonly CommentText[], indent: '' | '  ', width = 110): TsCode {
  const filled = paragraphs.filter((paragraph) => paragraph !== '');
  const [only = ''] = filled;
  if (filled.length === 0) return '' as TsCode;
  if (filled.length === 1 && only.length + indent.length + 7 <= width) {
    return `${indent}/** ${only} */` as TsCode;
  }
  const lines = filled.flatMap((paragraph, index) => [
    ...(index === 0 ? [] : ['']),
    ...wrapped(paragraph, width - indent.length - 3),
  ]);
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}`);
  return [`${indent}/**`, ...body, `${indent} */`].join('\n') as TsCode;
}

/** Lines of at most `width` units, broken at spaces; a longer word stands alone. A wrapped line cannot begin with a tag. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
