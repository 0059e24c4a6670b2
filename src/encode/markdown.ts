declare const brand: unique symbol;

/** Text that is Markdown already: what the functions of this file return, and nothing else may be joined into a document. */
export type Markdown = string & { readonly [brand]: 'markdown' };

/** Controls, the line ends of Unicode and the byte order mark: Markdown has no use for them. */
// eslint-disable-next-line no-control-regex
const invisible = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/g;

function oneLine(value: string): string {
  return value.replace(invisible, ' ').trim();
}

/** Markdown of our own, written down in the source. Not called `markdown`: formatters rewrite templates of that name. */
export function marked(parts: TemplateStringsArray, ...values: readonly (Markdown | number)[]): Markdown {
  return String.raw({ raw: parts }, ...values) as Markdown;
}

export function join(parts: readonly Markdown[], separator = ''): Markdown {
  return parts.join(separator) as Markdown;
}

/**
 * Words as they are, on one line, in a paragraph, a list item, a heading or a cell of a table: nothing in them marks anything up.
 * Underscores inside words stay bare, so that names of metrics are readable in the source too.
 */
export function text(value: string): Markdown {
  return oneLine(value)
    .replace(/[\\`*[\]<|~$]/g, '\\$&')
    .replace(/&(?=[#A-Za-z])/g, '\\&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/(www)\./gi, '$1\\.')
    .replace(/^[#+\-=>]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2') as Markdown;
}

/** Code on one line. */
export function code(value: string): Markdown {
  const line = value.replace(invisible, ' ');
  if (line.trim() === '') return '' as Markdown;
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}` as Markdown;
}

/** Code in a cell of a table, where a bar would end the cell although it is code: such code is written as HTML of ours. */
export function cellCode(value: string): Markdown {
  if (!value.includes('|')) return code(value);
  const line = value.replace(invisible, ' ');
  return `<code>${line.replace(/[^A-Za-z0-9 ]/gu, (char) => `&#${char.codePointAt(0) ?? 0};`)}</code>` as Markdown;
}

/** A fenced block: no line of the code can close it. */
export function codeBlock(value: string, language: 'promql' | 'yaml' | ''): Markdown {
  const longest = Math.max(2, ...[...value.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${value.replace(/\r\n?/g, '\n').trimEnd()}\n${fence}` as Markdown;
}

/** A link to the web or within the repository; where the address is of another kind, the words alone. */
export function link(words: Markdown, address: string): Markdown {
  if (
    !/^(?:https?:\/\/|#|\.{0,2}\/|[A-Za-z0-9_-]+[/.])/i.test(address) ||
    /^[a-z][a-z0-9+.-]*:(?!\/\/)/i.test(address)
  ) {
    return words;
  }
  const safe = encodeURI(address.replace(invisible, '').replace(/\p{Surrogate}/gu, '')).replace(
    /%25(?=[0-9a-f]{2})/gi,
    '%',
  );
  const quoted = safe.replace(/[()'*_|[\]~!`\\&]/g, (char) =>
    /[_&]/.test(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `[${words}](${quoted})` as Markdown;
}

/** The id of an anchor that stays when the words of the heading change: letters, digits, `_`, `.` and `-`. */
export function anchorId(kind: string, name: string): string {
  return `${kind}-${name.replace(/[^A-Za-z0-9_.-]/g, '-')}`;
}

export function anchor(id: string): Markdown {
  return `<a id="${id.replace(/[^A-Za-z0-9_.-]/g, '-')}"></a>` as Markdown;
}

export function heading(level: 1 | 2 | 3 | 4, words: Markdown): Markdown {
  return `${'#'.repeat(level)} ${words}` as Markdown;
}

/** A table; cells are on one line, an empty table is nothing. */
export function table(head: readonly Markdown[], rows: readonly (readonly Markdown[])[]): Markdown {
  if (rows.length === 0) return '' as Markdown;
  const row = (cells: readonly Markdown[]) =>
    `| ${cells.map((cell) => (cell === '' ? ' ' : cell)).join(' | ')} |`;
  return [row(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(row)].join('\n') as Markdown;
}

/** A quotation: whatever is open in it ends with it. */
export function quotation(content: Markdown): Markdown {
  return content
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n') as Markdown;
}
