import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Folders whose Markdown is not for readers of the repository: packages, and what specs of tests compile to. */
const leftOut = /(?:^|\/)(?:node_modules|dist|\.git|\.obs-gen.*|test\/cases|test\/\.out)$/;

/** A document: its path from the root of the repository, with forward slashes, and its text. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (entry.isDirectory()) return leftOut.test(name) ? [] : markdownBelow(path);
    return entry.isFile() && name.endsWith('.md') ? [name] : [];
  });
}

/** Every Markdown file of the repository. */
export function documents(): readonly Document[] {
  return markdownBelow(root)
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** A fenced block, with the line of the document, from 1, on which its first line stands. */
export interface Block {
  readonly language: string;
  readonly line: number;
  readonly lines: readonly string[];
}

/** The fenced blocks of a document, and the document with empty lines in their place. */
export function fences(text: string): {
  readonly blocks: readonly Block[];
  readonly prose: readonly string[];
} {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let open: { fence: string; language: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, fence = '', language = ''] = /^ {0,3}(`{3,}|~{3,})\s*([\w-]*)/.exec(line) ?? [];
    if (open !== undefined) {
      const isEnd = fence.startsWith(open.fence) && language === '' && line.trim() === fence;
      if (isEnd) {
        blocks.push(open);
        open = undefined;
      } else {
        open.lines.push(line);
      }
      prose.push('');
    } else if (fence !== '') {
      open = { fence, language, line: index + 2, lines: [] };
      prose.push('');
    } else {
      prose.push(line);
    }
  }
  if (open !== undefined) throw new Error(`the block that begins above line ${open.line} has no end`);
  return { blocks, prose };
}

/** The anchors of a document: those that GitHub gives its headings, and those that it sets itself. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const line of fences(text).prose) {
    for (const [, id = ''] of line.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
    const [, heading] = /^#{1,6}\s+(.*?)\s*#*$/.exec(line) ?? [];
    if (heading === undefined) continue;
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*\\]/g, '');
    const anchor = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    anchors.add(before === 0 ? anchor : `${anchor}-${before}`);
  }
  return anchors;
}

/** A link of a document to another place of the repository. */
export interface Link {
  readonly line: number;
  readonly target: string;
}

/** Links and pictures that lead to files and headings, outside of code. */
export function relativeLinks(text: string): readonly Link[] {
  return fences(text).prose.flatMap((line, index) => {
    const withoutCode = line.replaceAll(/`[^`]*`/g, (code) => 'x'.repeat(code.length));
    const inline = [...withoutCode.matchAll(/\]\(<?([^()\s<>]+(?:\([^()\s]*\))?)>?(?:\s+"[^"]*")?\)/g)];
    const defined = [...withoutCode.matchAll(/^\s{0,3}\[[^\]]+\]:\s+(\S+)/g)];
    return [...inline, ...defined]
      .map(([, target = '']) => ({ line: index + 1, target }))
      .filter(({ target }) => !/^[a-z][a-z0-9+.-]*:/i.test(target));
  });
}
