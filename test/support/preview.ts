import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { describe } from 'vitest';
import { analyse } from '../../src/analyse.js';
import { hasErrors } from '../../src/diagnostics/create.js';
import { renderPretty } from '../../src/diagnostics/render/pretty.js';
import type { Model } from '../../src/model/model.js';
import { startPreview, type Preview, type PreviewOptions } from '../../src/preview/index.js';
import { testToday } from './model.js';
import { missingProgram } from './program.js';

/** Tests that need a Prometheus of their own: skipped, visibly, where it is missing; on CI that is a failure. */
export const describeWithPrometheus = describe.skipIf(
  missingProgram('prometheus') || missingProgram('promtool'),
);

/** Tests that need a Prometheus and a browser. */
export const describeWithChromium = describe.skipIf(
  missingProgram('prometheus') || missingProgram('chromium'),
);

const source = resolve(import.meta.dirname, '../../src/preview/page');

/** Compiles the page into a folder, file by file and unchecked, which takes a fraction of a second. */
export function compilePage(folder: string): void {
  for (const path of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (/\.(?:html|css|svg)$/.test(path)) cpSync(join(source, path), join(folder, path));
    if (!path.endsWith('.ts') || path.endsWith('.d.ts')) continue;
    const { outputText } = ts.transpileModule(readFileSync(join(source, path), 'utf8'), {
      compilerOptions: {
        module: ts.ModuleKind.ES2022,
        target: ts.ScriptTarget.ES2023,
        verbatimModuleSyntax: true,
      },
    });
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
}

/** The model of a spec file; throws with the rendered diagnostics where it has errors. */
export function modelOfFile(path: string): Model {
  const { model, diagnostics } = analyse(path, testToday);
  if (model === undefined || hasErrors(diagnostics))
    throw new Error(renderPretty(diagnostics, { color: false }));
  return model;
}

/** As it is before a test sets another one: the page outlives the test that asks for it first. */
const temporary = tmpdir();

let compiled: string | undefined;

/** The compiled page, in a folder that is gone when the process has ended. */
function pageFolder(): string {
  if (compiled !== undefined) return compiled;
  const folder = mkdtempSync(join(temporary, 'obs-gen-page-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  compilePage(folder);
  compiled = folder;
  return folder;
}

/**
 * Serves the preview of a spec from the sources, on a port of its own and with made-up data unless `options` says otherwise:
 *
 *     const preview = await startTestPreview(modelOfFile('observability.yaml'));
 *     await preview.ready; // all data is there; queries wait by themselves
 *     ... preview.url ...
 *     await preview.close();
 */
export function startTestPreview(
  model: Model | undefined,
  options: Partial<PreviewOptions> = {},
): Promise<Preview> {
  return startPreview({ model, problems: [], port: 0, page: options.page ?? [pageFolder()], ...options });
}
