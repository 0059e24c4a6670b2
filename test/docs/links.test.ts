import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, documents, relativeLinks, root } from './markdown.js';

/** Every link of every document leads to a file, and to a heading that is there. */

const known = new Map<string, ReadonlySet<string>>();

function anchorsIn(file: string): ReadonlySet<string> {
  const anchors = known.get(file) ?? anchorsOf(readFileSync(file, 'utf8'));
  known.set(file, anchors);
  return anchors;
}

function fault(path: string, target: string): string | undefined {
  const [file = '', anchor] = target.split('#');
  const full = file === '' ? join(root, path) : join(root, dirname(path), decodeURIComponent(file));
  if (relative(root, full).startsWith('..')) return 'leads out of the repository';
  if (!existsSync(full)) return 'there is no such file';
  if (anchor === undefined || anchor === '') return undefined;
  if (!full.endsWith('.md') || statSync(full).isDirectory()) return 'only a document has headings';
  return anchorsIn(full).has(anchor) ? undefined : 'there is no such heading';
}

const all = documents();

describe('links', () => {
  it.each(all.map(({ path, text }) => ({ path, text })))('of $path lead somewhere', ({ path, text }) => {
    const faults = relativeLinks(text).flatMap(({ line, target }) => {
      const message = fault(path, target);
      return message === undefined ? [] : [`${path}:${line}: ${target}: ${message}`];
    });
    expect(faults).toEqual([]);
  });

  it('are found, also behind code and in reference form', () => {
    const text =
      '# A b\n`[x](no.md)` [y](docs/a.md#b "t") ![z](p.png)\n\n[r]: other.md\n```sh\n[x](no.md)\n```\n';
    expect(relativeLinks(text).map(({ target }) => target)).toEqual(['docs/a.md#b', 'p.png', 'other.md']);
    expect(fault('README.md', 'docs/no-such-page.md')).toBe('there is no such file');
    expect(fault('README.md', 'ARCHITECTURE.md#no-such-heading')).toBe('there is no such heading');
    expect(fault('README.md', '../elsewhere.md')).toBe('leads out of the repository');
  });

  it('in docs/README.md name every page of docs/', () => {
    const index = all.find(({ path }) => path === 'docs/README.md')?.text ?? '';
    const named = new Set(relativeLinks(index).map(({ target }) => target.replace(/#.*/, '')));
    const pages = all.filter(({ path }) => /^docs\/[^/]+\.md$/.test(path) && path !== 'docs/README.md');
    expect(pages.map(({ path }) => path.slice('docs/'.length)).filter((page) => !named.has(page))).toEqual(
      [],
    );
  });
});
