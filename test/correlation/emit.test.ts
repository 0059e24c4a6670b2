import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import { typescriptHelpers } from '../../src/emit/typescript/emitter.js';
import { modelOf } from '../support/model.js';

const options = JSON.parse(readFileSync('.prettierrc.json', 'utf8')) as prettier.Options;

/** The files that a spec compiles to, by name, without the runtime. */
function compiled(spec: string): ReadonlyMap<string, string> {
  const files = typescriptHelpers.files(modelOf(`version: 1\nservice: { name: desk }\n${spec}`));
  return new Map(
    files.filter(({ path }) => !path.startsWith('runtime/')).map(({ path, content }) => [path, content]),
  );
}

/** The paths of the runtime that come with a spec. */
function rooms(spec: string): ReadonlySet<string> {
  const files = typescriptHelpers.files(modelOf(`version: 1\nservice: { name: desk }\n${spec}`));
  return new Set(files.flatMap(({ path }) => /^runtime\/(correlation\/index|http)/.exec(path)?.[1] ?? []));
}

describe('what is written', () => {
  it('is nothing for a spec that asks for nothing', () => {
    const files = compiled('metrics: { a_total: { type: counter, help: A. } }');
    expect([...files.keys()]).not.toContain('correlation.ts');
    expect([...files.keys()]).not.toContain('http.ts');
    expect([...rooms('metrics: { a_total: { type: counter, help: A. } }')]).toEqual([]);
  });

  it('is each part where the spec has it', () => {
    const correlation = compiled('correlation: {}');
    expect([...correlation.keys()]).toContain('correlation.ts');
    expect([...correlation.keys()]).not.toContain('http.ts');
    const health = compiled('health: { db: {} }');
    expect([...health.keys()]).toContain('http.ts');
    expect([...health.keys()]).not.toContain('correlation.ts');
    const http = compiled('presets: [http]');
    expect([...http.keys()]).toEqual(expect.arrayContaining(['correlation.ts', 'http.ts']));
    expect(http.get('http.ts')).not.toContain('healthComponent');
  });

  it('has defaults that services and proxies know', () => {
    const text = compiled('presets: [http]').get('correlation.ts');
    expect(text).toContain("header: 'x-correlation-id'");
    expect(text).toContain("accept: ['x-correlation-id', 'x-request-id']");
    expect(text).toContain("propagateTo: ['localhost', '127.0.0.1']");
    expect(text).toContain('export type BaggageKey = never;');
    // The header of the spec is one of those that are taken.
    expect(compiled('correlation: { header: x-id }').get('correlation.ts')).toContain(
      "accept: ['x-id', 'x-correlation-id', 'x-request-id']",
    );
  });

  it('leaves out what the spec has changed so that it does not fit', () => {
    const given = (spec: string): string => compiled(`presets: [http]\n${spec}`).get('correlation.ts') ?? '';
    expect(given('')).toContain('span: spans.httpServerRequest');
    const noRoute = 'spans: { http.server.request: { attributes: { route: null }, record: null } }';
    expect(given(noRoute)).not.toContain('span: spans');
    expect(given(noRoute)).not.toContain("from './spans.js'");
    expect(given('metrics: { http_server_active_requests: null }')).not.toContain('httpServerActiveRequests');
  });
});

it('prettier leaves it unchanged, however long names, texts and lists are', async () => {
  const word = fc.stringMatching(/^[a-z]{1,12}(?:-[a-z]{1,12}){0,5}$/);
  const words = (maxLength: number): fc.Arbitrary<string[]> => fc.uniqueArray(word, { maxLength });
  const text = fc.string({
    unit: fc.constantFrom('a', 'word ', "'", '"', '\\', 'é', '*/', '`'),
    minLength: 1,
    maxLength: 150,
  });
  await fc.assert(
    fc.asyncProperty(
      word,
      words(10),
      words(20),
      words(8),
      fc.dictionary(
        word,
        fc.record({ critical: fc.boolean(), timeout: fc.constantFrom('1s', '1500ms', '2m') }),
        { minKeys: 1, maxKeys: 8 },
      ),
      text,
      fc.boolean(),
      async (header, accept, hosts, baggage, health, description, usesPreset) => {
        const components = Object.fromEntries(
          Object.entries(health).map(([name, component], index) => [
            name,
            index === 0 ? { ...component, description } : component,
          ]),
        );
        const correlation = {
          header,
          accept,
          propagateTo: hosts.map((host) => `*.${host}.example.com:8443`),
          baggage,
        };
        const spec = [
          ...(usesPreset ? ['presets: [http]'] : []),
          `correlation: ${JSON.stringify(correlation)}`,
          `health: ${JSON.stringify(components)}`,
        ].join('\n');
        const files = compiled(spec);
        for (const name of ['correlation.ts', 'http.ts', 'telemetry.ts']) {
          const content = files.get(name) ?? '';
          expect(await prettier.format(content, { ...options, parser: 'typescript' }), name).toBe(content);
        }
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
});
