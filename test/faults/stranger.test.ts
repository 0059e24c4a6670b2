import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { renderJson } from '../../src/diagnostics/render/json.js';
import { renderPretty } from '../../src/diagnostics/render/pretty.js';
import { renderSarif } from '../../src/diagnostics/render/sarif.js';
import { packageRoot } from '../../src/package-root.js';
import { head } from '../spec/support.js';
import { testToday } from '../support/model.js';
import { plantedSecrets } from '../support/secrets.js';

/** A spec is data: what CI compiles for a stranger runs nothing of his, loads nothing from elsewhere and repeats no secret. */
const folder = mkdtempSync(join(tmpdir(), 'obs-gen-stranger-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Schema {
  readonly [key: string]: unknown;
}

/** Every key that the language knows, with its schema. */
function* keysOf(schema: unknown): Generator<readonly [key: string, schema: Schema]> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'properties') yield* Object.entries(value as Record<string, Schema>);
    yield* keysOf(value);
  }
}

describe('the language', () => {
  const schema: unknown = JSON.parse(
    readFileSync(join(packageRoot, 'schemas/observability.v1.schema.json'), 'utf8'),
  );
  const keys = [...keysOf(schema)].map(([key]) => key);

  it('has no key that names a template, a module, a plug-in or a command', () => {
    expect(keys.length).toBeGreaterThan(200);
    const running =
      /^(?:templates?|modules?|plugins?|extends|require|loaders?|scripts?|commands?|exec|run|hooks?|transforms?|eval|code)$/i;
    // `suppress[].code` is the code of a finding, `instrument.rules[].match.extends` the name of a class. `gpu.collectors.*.command` is a path
    // that the service runs, without a shell, and the compiler never does.
    expect([...new Set(keys.filter((key) => running.test(key)))].sort()).toEqual([
      'code',
      'command',
      'extends',
    ]);
  });
});

function compiled(name: string, text: string): ReturnType<typeof compile> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return compile(path, testToday, ['typescript']);
}

describe('what a spec imports', () => {
  mkdirSync(join(folder, 'secrets.d'));
  writeFileSync(join(folder, 'id_rsa'), 'PRIVATE\n');
  symlinkSync(join(folder, 'id_rsa'), join(folder, 'harmless.yaml'));

  it.each([
    ...[
      '/etc/passwd',
      '/etc/passwd.yaml',
      'C:\\x.yaml',
      '\\\\server\\share\\x.yaml',
      'https://example.com/x.yaml',
    ],
    ...[
      'file:///etc/x.yaml',
      'git+ssh://x/y.yaml',
      'data:text/yaml,x.yml',
      'npm:left-pad.yaml',
      '../.env',
      'id_rsa',
    ],
    'harmless.yaml',
  ])('cannot be %s', (path) => {
    const { files, diagnostics } = compiled('importing.yaml', `${head}imports: ['${path}']\n`);
    expect(files).toBeUndefined();
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { code } of diagnostics) expect(code).toMatch(/^OBS(?:1021|2007)$/);
    expect(renderPretty(diagnostics, { color: false })).not.toContain('PRIVATE');
  });
});

describe('a secret that stands in a spec', () => {
  const secrets = plantedSecrets.filter(({ kind }) =>
    /key|token|password|credential|webhook|secret/i.test(kind),
  );

  it('is an error of its own, in no file and in nothing that is printed', () => {
    expect(secrets.length).toBeGreaterThan(20);
    const found: string[] = [];
    for (const { kind, text, secret } of secrets) {
      const { files, diagnostics } = compiled(
        'secret.yaml',
        `${head}metrics: { a_total: { type: counter, help: ${JSON.stringify(`See ${text} there.`)} } }\n`,
      );
      if (!diagnostics.some(({ code }) => code === 'OBS3901')) continue;
      found.push(kind);
      expect([kind, files]).toEqual([kind, undefined]);
      const printed = [
        renderPretty(diagnostics, { color: false }),
        renderJson(diagnostics),
        renderSarif(diagnostics, { version: '1.0.0' }),
      ].join('\n');
      expect([kind, printed.includes(secret)]).toEqual([kind, false]);
    }
    // The checks of specs look for fewer shapes than the runtime hides: what could be the name of something is no error.
    expect(found.length).toBeGreaterThanOrEqual(20);
  });
});
