import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import * as contextScope from '../../../src/runtime/instrument/context-scope.js';
import * as disguise from '../../../src/runtime/instrument/disguise.js';
import * as enter from '../../../src/runtime/instrument/enter.js';
import * as functionKind from '../../../src/runtime/instrument/function-kind.js';
import * as settle from '../../../src/runtime/instrument/settle.js';
import { Site } from '../../../src/runtime/instrument/site.js';
import * as steps from '../../../src/runtime/instrument/steps.js';
import * as jobPlace from '../../../src/runtime/correlation/job-place.js';
import * as running from '../../../src/runtime/correlation/running.js';
import type { AnyFunction } from '../../../src/runtime/instrument/function-kind.js';
import { useTracing } from '../../agents/tracing.js';
import { generated } from './helpers.js';

useTracing();

const folder = join(import.meta.dirname, '../../../src/runtime/instrument');

/** A module of the runtime as a bundle runs it that has lost "use strict". */
function sloppy(file: string, modules: Readonly<Record<string, object>>): Readonly<Record<string, never>> {
  const { outputText } = ts.transpileModule(readFileSync(join(folder, file), 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const text = outputText.replace('"use strict";', '');
  expect(text).not.toMatch(/^.?use strict/m);
  const exported = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is the runtime's own
  const run = new Function('require', 'exports', text) as (require: unknown, exports: object) => void;
  run((name: string) => modules[name], exported);
  return exported;
}

function self(this: unknown): unknown {
  return this;
}

describe('in a bundle that has lost "use strict", a function that is called on nothing', () => {
  test('has no `this` where it was wrapped', () => {
    const { wrap } = sloppy('wrap.ts', {
      './context-scope.js': contextScope,
      './disguise.js': disguise,
      './enter.js': enter,
      './function-kind.js': functionKind,
      './settle.js': settle,
      './steps.js': steps,
    }) as unknown as { wrap: (fn: AnyFunction, site: Site, name: undefined) => AnyFunction };
    const site = new Site({ span: generated.spans.x }, undefined);
    const plain = wrap(self, site, undefined);
    const method = wrap({ run: self }.run, site, undefined);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on whatever it is put on
    const { short } = {
      short(this: unknown) {
        return this;
      },
    };
    const generator = wrap(
      function* (this: unknown) {
        yield this;
      },
      site,
      undefined,
    ) as () => Generator;
    for (const fn of [plain, method, wrap(short, site, undefined)]) {
      const call = fn;
      expect(call()).toBeUndefined();
      expect(Reflect.apply(call, 3, [])).toBe(3);
    }
    expect(generator().next().value).toBeUndefined();
  });

  test('has no `this` where its context is kept', () => {
    const { keepContext } = sloppy('keep-context.ts', {
      '@opentelemetry/api': { ROOT_CONTEXT: {} },
      '../correlation/job-place.js': jobPlace,
      '../correlation/running.js': running,
      '../correlation/scope.js': { currentScope: () => undefined },
      '../traces/api-globals.js': { activeContext: () => ({}) },
      './context-scope.js': contextScope,
      './disguise.js': disguise,
    }) as unknown as { keepContext: <F>(fn: F) => F };
    const kept = keepContext(self);
    expect(kept).not.toBe(self);
    expect(kept()).toBeUndefined();
  });
});
