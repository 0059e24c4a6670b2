import { analyseLoaded } from '../../src/analyse.js';
import { hasErrors } from '../../src/diagnostics/create.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { renderPretty } from '../../src/diagnostics/render/pretty.js';
import type { Model } from '../../src/model/model.js';
import { loadSpecText } from '../../src/spec/load.js';

/** An ISO date for every test that asks for today; sunsets in fixtures lie on either side of it. */
export const testToday = '2026-11-20';

/** All diagnostics of a spec given as text. */
export function diagnosticsOf(yaml: string): readonly Diagnostic[] {
  return analyseLoaded(loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml'), testToday)
    .diagnostics;
}

/** The model of a spec given as text; throws with the rendered diagnostics where it has errors. */
export function modelOf(yaml: string): Model {
  const { model, diagnostics } = analyseLoaded(
    loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml'),
    testToday,
  );
  if (model === undefined || hasErrors(diagnostics))
    throw new Error(renderPretty(diagnostics, { color: false }));
  return model;
}
