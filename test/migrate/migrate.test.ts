import { describe, expect, it } from 'vitest';
import { migrate, type Language, type Migrated } from '../../src/migrate/migrate.js';
import { migrations, renamedKey } from '../../src/migrate/migration.js';
import { memoryFiles } from '../../src/spec/layers/imports.js';
import { loadSpecText } from '../../src/spec/load.js';
import { languageVersion } from '../../src/spec/version.js';

function migrated(files: Readonly<Record<string, string>>, language?: Language): Migrated {
  const [main = ''] = Object.keys(files);
  return migrate(memoryFiles(new Map(Object.entries(files))), main, language);
}

function textOf(result: Migrated, id = 'observability.yaml'): string | undefined {
  return result.kind === 'changed' ? result.files.find((file) => file.id === id)?.after.text : undefined;
}

/** A language of three versions, to prove the machinery: ours has one. */
const later: Language = {
  version: 3,
  migrations: [
    {
      from: 1,
      title: 'alerts.*.hold is called for',
      edits: (root) => renamedKey(root, ['alerts', '*', 'hold'], 'for'),
    },
    {
      from: 2,
      title: 'dashboards.*.rows.*.title is called name',
      edits: (root) => renamedKey(root, ['dashboards', '*', 'rows', '*', 'title'], 'name'),
    },
  ],
};

describe('migrating', () => {
  it('leaves a spec of this version alone', () => {
    expect(migrated({ 'observability.yaml': 'version: 1\nservice: { name: x }\n' })).toEqual({
      kind: 'current',
    });
  });

  it('has a step for each version but the newest', () => {
    expect(migrations.map(({ from }) => from)).toEqual(
      Array.from({ length: languageVersion - 1 }, (_, index) => index + 1),
    );
  });

  it.each([
    ['# a shop\n\nservice: { name: x }\n', '# a shop\n\nversion: 1\nservice: { name: x }\n'],
    ['service: { name: x }\r\n', 'version: 1\r\nservice: { name: x }\r\n'],
    ['{ service: { name: x } }\n', '{ version: 1, service: { name: x } }\n'],
    ['version: "1" # ours\nservice: { name: x }\n', 'version: 1 # ours\nservice: { name: x }\n'],
    ['service: { name: x }\nversion: v1\n', 'service: { name: x }\nversion: 1\n'],
    ['version: 1.0\nservice: { name: x }\n', 'version: 1\nservice: { name: x }\n'],
    ['version:\nservice: { name: x }\n', 'version: 1\nservice: { name: x }\n'],
  ])('writes the version as the language has it: %j', (before, after) => {
    expect(textOf(migrated({ 'observability.yaml': before }))).toBe(after);
    const { diagnostics } = loadSpecText(new Map([['observability.yaml', after]]), 'observability.yaml');
    expect(diagnostics).toEqual([]);
    expect(migrated({ 'observability.yaml': after })).toEqual({ kind: 'current' });
  });

  it('does not touch what is newer, was never a version, or is no YAML', () => {
    expect(migrated({ 'a.yaml': 'version: 2\n' })).toEqual({ kind: 'newer', version: 2 });
    expect(migrated({ 'a.yaml': 'version: latest\n' })).toEqual({ kind: 'unknown', version: 'latest' });
    expect(migrated({ 'a.yaml': 'version: [1]\n' })).toEqual({ kind: 'unknown', version: '[1]' });
    expect(migrated({ 'a.yaml': 'version: 1\na: [\n' }).kind).toBe('unreadable');
  });

  it('goes through all steps and all files, and keeps comments and layout', () => {
    const main = `# The shop.
version: 1   # of the language
imports: [more.yaml]
alerts:
  A: { hold: 5m,   expr: up } # hold: stays in a comment
  B:
    expr: 'hold: too'
    hold: 10m # minutes
dashboards:
  main:
    title: Main
    rows:
      - title: Jobs   # the first
`;
    const files = { 'observability.yaml': main, 'more.yaml': 'alerts:\n  C: { hold: 1m }\n' };
    const result = migrated(files, later);
    expect(textOf(result)).toBe(
      main
        .replace('version: 1 ', 'version: 3 ')
        .replace('{ hold: 5m', '{ for: 5m')
        .replace('    hold: 10m', '    for: 10m')
        .replace('- title: Jobs', '- name: Jobs'),
    );
    expect(textOf(result, 'more.yaml')).toBe('alerts:\n  C: { for: 1m }\n');
    expect(result.kind === 'changed' && result.steps).toEqual([
      'alerts.*.hold is called for',
      'dashboards.*.rows.*.title is called name',
      'version: 3 (it was version 1)',
    ]);
  });

  it('begins at the version that the spec has', () => {
    const result = migrated({ 'observability.yaml': 'version: 2\nalerts:\n  A: { hold: 5m }\n' }, later);
    expect(textOf(result)).toBe('version: 3\nalerts:\n  A: { hold: 5m }\n');
  });
});
