import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revisionPlace, type Place } from '../../../src/inspect/diff/revision.js';
import { loadSpecFrom } from '../../../src/spec/load.js';

const home = process.cwd();
const root = realpathSync(mkdtempSync(join(tmpdir(), 'obs-gen-revision-')));
const folder = join(root, 'services', 'a');
const spec = join(folder, 'observability.yaml');

function git(...words: readonly string[]): void {
  execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main', ...words],
    {
      cwd: root,
      stdio: 'ignore',
    },
  );
}

const specText = (metric: string, imports = '../shared.yaml'): string => `version: 1
service: { name: a, owner: team }
imports: [${imports}]
metrics:
  ${metric}: { type: counter, help: Runs. }
`;

function placed(word: string): Place {
  const place = revisionPlace(word, spec);
  if ('fault' in place) throw new Error(place.fault);
  return place;
}

function metricsIn(word: string): readonly string[] {
  const { store, main } = placed(word);
  const { value, diagnostics } = loadSpecFrom(store, main);
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return Object.keys(value.spec.metrics ?? {});
}

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(root, 'services', 'shared.yaml'),
    'metrics:\n  shared_old_total: { type: counter, help: Shared. }\n',
  );
  writeFileSync(spec, specText('a_old_total'));
  symlinkSync('observability.yaml', join(folder, 'link.yaml'));
  git('init');
  git('add', '.');
  git('commit', '-m', 'first');
  git('tag', 'v1');
  writeFileSync(
    join(root, 'services', 'shared.yaml'),
    'metrics:\n  shared_new_total: { type: counter, help: Shared. }\n',
  );
  writeFileSync(spec, specText('a_new_total'));
  git('commit', '-am', 'second');
  writeFileSync(spec, specText('a_next_total'));
  process.chdir(folder);
});

afterAll(() => {
  process.chdir(home);
  rmSync(root, { recursive: true, force: true });
});

describe('a spec in a revision', () => {
  it('is read with what it imported then', () => {
    expect(metricsIn('HEAD')).toEqual(['a_new_total', 'shared_new_total']);
    expect(metricsIn('HEAD~1')).toEqual(['a_old_total', 'shared_old_total']);
    expect(metricsIn('v1')).toEqual(['a_old_total', 'shared_old_total']);
    expect(metricsIn('main')).toEqual(['a_new_total', 'shared_new_total']);
  });

  it('is found by its path from the root, or from here', () => {
    expect(metricsIn('v1:services/a/observability.yaml')).toEqual(['a_old_total', 'shared_old_total']);
    expect(metricsIn('v1:./observability.yaml')).toEqual(['a_old_total', 'shared_old_total']);
    expect(metricsIn('v1:./link.yaml')).toEqual(['a_old_total', 'shared_old_total']);
  });

  it.each([
    ['v9', /neither a file nor a revision/],
    ['--output=x', /neither a file nor a revision/],
  ])('%s is no revision', (word, message) => {
    expect(() => placed(word)).toThrow(message);
  });

  it('that lacks the file says so', () => {
    const { store, main } = placed('v1:services/b.yaml');
    expect(loadSpecFrom(store, main).diagnostics.map(({ message }) => message)).toEqual([
      'v1:services/b.yaml cannot be read: there is no such file in that revision',
    ]);
  });

  it('reads nothing outside of the repository', () => {
    writeFileSync(spec, specText('a_total', '../../../../etc/hostname.yaml'));
    git('commit', '-am', 'outside');
    const { store, main } = placed('HEAD');
    expect(
      loadSpecFrom(store, main)
        .diagnostics.map(({ message }) => message)
        .join(),
    ).toContain('outside the repository');
  });
});
