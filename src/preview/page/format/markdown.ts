/** A small Markdown: paragraphs, headings, lists, code, emphasis, links. What it does not know stays text; HTML is text. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly content: readonly Inline[] };

export type MarkdownBlock =
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] };

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  '#39': "'",
  nbsp: ' ',
};

function unescaped(text: string): string {
  return text
    .replace(/&(lt|gt|amp|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Only what leads to a page: no `javascript:`, no data. */
export function safeUrl(url: string): string | undefined {
  const trimmed = url.trim();
  return /^(?:https?:\/\/|mailto:|\/(?!\/)|#|\?)/i.test(trimmed) ? trimmed : undefined;
}

const inlinePattern =
  /(?<!\\)(?:(`+)(.+?)\1(?!`)|\[((?:[^[\]\\]|\\.)+)\]\(<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?\)|\*\*(?=\S)(.+?)\*\*|\*(?=\S)([^*]+?)\*|(?<!\w)_(?=\S)([^_]+?)_(?!\w)|<(https?:\/\/[^\s<>]+)>)/;

/** The parts of a line of text. */
export function parseInline(text: string): readonly Inline[] {
  const found: Inline[] = [];
  let rest = text;
  for (;;) {
    const match = inlinePattern.exec(rest);
    if (match === null) break;
    if (match.index > 0) found.push({ kind: 'text', text: unescaped(rest.slice(0, match.index)) });
    const [whole, , code, label, url, strong, starred, underlined, address] = match;
    if (code !== undefined) found.push({ kind: 'code', text: code.replace(/^ (.*) $/, '$1') });
    else if (label !== undefined) found.push({ kind: 'link', url: url ?? '', content: parseInline(label) });
    else if (strong !== undefined) found.push({ kind: 'strong', content: parseInline(strong) });
    else if (address !== undefined)
      found.push({ kind: 'link', url: address, content: [{ kind: 'text', text: address }] });
    else found.push({ kind: 'emphasis', content: parseInline(starred ?? underlined ?? '') });
    rest = rest.slice(match.index + whole.length);
  }
  if (rest !== '') found.push({ kind: 'text', text: unescaped(rest) });
  return found;
}

const listItem = /^\s*(?:([-*+])|(\d+)[.)])\s+(.*)$/;

function cellsOf(line: string): readonly (readonly Inline[])[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => parseInline(cell.trim()));
}

function blockOf(lines: readonly string[]): readonly MarkdownBlock[] {
  const [first = '', ...rest] = lines;
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(first);
  if (heading !== null) {
    const level = heading[1]?.length ?? 1;
    const block: MarkdownBlock = { kind: 'heading', level, content: parseInline(heading[2] ?? '') };
    return [block, ...(rest.length > 0 ? blockOf(rest) : [])];
  }
  if (first.includes('|') && /^\s*\|?\s*:?-+/.test(rest[0] ?? ''))
    return [{ kind: 'table', rows: [first, ...rest.slice(1)].map(cellsOf) }];
  const item = listItem.exec(first);
  if (item !== null) {
    const items: string[] = [];
    for (const line of lines) {
      const next = listItem.exec(line);
      if (next !== null) items.push(next[3] ?? '');
      else items[items.length - 1] = `${items.at(-1) ?? ''} ${line.trim()}`;
    }
    return [{ kind: 'list', ordered: item[2] !== undefined, items: items.map(parseInline) }];
  }
  const start = lines.findIndex(
    (line, index) => index > 0 && (listItem.test(line) || /^#{1,6}\s/.test(line)),
  );
  if (start > 0) return [...blockOf(lines.slice(0, start)), ...blockOf(lines.slice(start))];
  return [{ kind: 'paragraph', content: parseInline(lines.map((line) => line.trim()).join(' ')) }];
}

/** The blocks of a text. */
export function parseMarkdown(text: string): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let lines: string[] = [];
  let code: string[] | undefined;
  const flush = (): void => {
    if (lines.length > 0) blocks.push(...blockOf(lines));
    lines = [];
  };
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*```/.test(line)) {
      if (code === undefined) flush();
      else blocks.push({ kind: 'code', text: code.join('\n') });
      code = code === undefined ? [] : undefined;
    } else if (code !== undefined) code.push(line);
    else if (line.trim() === '') flush();
    else lines.push(line);
  }
  if (code !== undefined) blocks.push({ kind: 'code', text: code.join('\n') });
  flush();
  return blocks;
}
