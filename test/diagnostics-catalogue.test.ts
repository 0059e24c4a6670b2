import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue, isDiagnosticCode, type DiagnosticCode } from '../src/diagnostics/catalogue.js';
import { foldersIn, readTree } from './support/directory.js';

/** Each code of the catalogue is explained, used, and proven by a case; each case is of a code. */
const codes = Object.keys(catalogue) as DiagnosticCode[];
const root = join(import.meta.dirname, '..');

/**
 * Codes that no spec in a folder leads to, with the folders of tests that prove them instead: a test there names the code.
 */
const elsewhere: readonly {
  readonly codes: RegExp;
  readonly tests: readonly string[];
  readonly why: string;
}[] = [
  {
    codes: /^OBS4/,
    tests: ['output', 'faults'],
    why: 'they are about what stands on disk, not about the spec',
  },
  {
    codes: /^OBS10(?:01|23)$/,
    tests: ['spec'],
    why: 'they take more bytes or files than a folder should hold',
  },
  {
    codes: /^OBS5(?:0[5-9]|[1-9])/,
    tests: ['instrument', 'analyze'],
    why: 'they are about code, not about the spec',
  },
  {
    codes: /^OBS60/,
    tests: ['inspect/live-check'],
    why: 'they are about a running service, not about the spec alone',
  },
  {
    codes: /^OBS308[01]$/,
    tests: ['inspect/diff'],
    why: 'they are about a change between two specs',
  },
  {
    codes: /^OBS371/,
    tests: ['baseline'],
    why: 'they are about a file beside the spec',
  },
  {
    codes: /^OBS372/,
    tests: ['fleet'],
    why: 'they are about several specs beside each other',
  },
  { codes: /^OBS9/, tests: ['cli'], why: 'only a fault of obs-gen leads to them' },
];

const sources = [...readTree(join(root, 'src'))]
  .filter(([path]) => path.endsWith('.ts') && !path.startsWith('diagnostics/catalogue'))
  .map(([, text]) => text)
  .join('\n');

const cases = foldersIn(join(import.meta.dirname, 'diagnostics'));

function testsIn(folder: string): string {
  const path = join(import.meta.dirname, folder);
  if (!existsSync(path)) return '';
  return readdirSync(path)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(path, name), 'utf8'))
    .join('\n');
}

describe('the catalogue', () => {
  it('is in the order of its numbers', () => {
    expect(codes).toEqual([...codes].sort());
    for (const code of codes) expect(code).toMatch(/^OBS[1-9]\d{3}$/);
  });

  it.each(codes)('%s has a title and an explanation', (code) => {
    const { title, explanation } = catalogue[code];
    expect(title).toMatch(/^(?:[^A-Z]|[A-Z]{2}|Prom|Git|Unicode)/);
    expect(title).not.toMatch(/[.!]$/);
    expect(title.length).toBeLessThanOrEqual(60);
    expect(explanation.length).toBeGreaterThanOrEqual(80);
    expect(explanation).toMatch(/^\S.*[.:]$/m);
    expect(explanation).not.toMatch(/\b(TODO|FIXME|XXX|TBD|lorem|placeholder text)\b/i);
    expect(explanation).not.toMatch(/\t|\r|[^\S\n]$/m);
    for (const [other] of explanation.matchAll(/\bOBS\d{4}\b/g))
      expect(isDiagnosticCode(other), other).toBe(true);
  });

  it('gives no two codes one title', () => {
    const titles = codes.map((code) => catalogue[code].title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it.each(codes)('%s is reported somewhere in the program', (code) => {
    expect(sources.includes(`'${code}'`), 'no source names it').toBe(true);
  });

  it.each(codes)('%s has a case', (code) => {
    const place = elsewhere.find((each) => each.codes.test(code));
    if (place === undefined) {
      expect(cases.filter((name) => name.startsWith(`${code}-`))).not.toEqual([]);
    } else {
      const isNamed = place.tests.some((folder) => testsIn(folder).includes(code));
      expect(isNamed, `no test in ${place.tests.join(' or ')} names it; ${place.why}`).toBe(true);
    }
  });

  it('has each code that a case is named after', () => {
    expect(cases.filter((name) => !/^OBS\d{4}-[a-z0-9-]+$/.test(name))).toEqual([]);
    expect(
      cases.map((name) => name.slice(0, 'OBS0000'.length)).filter((code) => !isDiagnosticCode(code)),
    ).toEqual([]);
  });
});
