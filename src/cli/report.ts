import { normalize, relative, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { packageVersion } from '../package-root.js';
import type { Format } from './options.js';
import { print, printError, wantsColor } from './terminal.js';

/** Where the working directory lies in the checkout of GitHub Actions; empty where it is the checkout's root or outside. */
function directoryInCheckout(): string {
  const checkout = process.env['GITHUB_WORKSPACE'];
  if (checkout === undefined || checkout === '') return '';
  const way = relative(checkout, process.cwd()).split(sep).join('/');
  return way.startsWith('..') || way.startsWith('/') ? '' : way;
}

/** Prints diagnostics: pretty to standard error, formats for programs to standard output, also where there is nothing to report. */
export async function report(
  diagnostics: readonly Diagnostic[],
  { format, spec }: { readonly format: Format; readonly spec?: string },
): Promise<void> {
  switch (format) {
    case 'pretty': {
      const { renderPretty } = await import('../diagnostics/render/pretty.js');
      printError(renderPretty(diagnostics, { color: wantsColor(process.stderr, process.env) }));
      return;
    }
    case 'json': {
      const { renderJson } = await import('../diagnostics/render/json.js');
      print(renderJson(diagnostics));
      return;
    }
    case 'github': {
      const { renderGithub } = await import('../diagnostics/render/github.js');
      print(renderGithub(diagnostics, { directory: directoryInCheckout() }));
      return;
    }
    case 'sarif': {
      const { renderSarif } = await import('../diagnostics/render/sarif.js');
      const place = { directory: directoryInCheckout(), spec: spec === undefined ? spec : normalize(spec) };
      print(renderSarif(diagnostics, { version: packageVersion(), ...place }));
    }
  }
}
