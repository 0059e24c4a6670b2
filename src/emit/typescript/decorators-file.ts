import { joinCode, ts } from '../../encode/typescript.js';
import type { Model } from '../../model/model.js';
import { runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { renderTypeScript } from './view.js';

/** The text of `decorators.ts`; undefined where the spec does not instrument by decorators. */
export function decoratorsFile(model: Model, style: ImportStyle): string | undefined {
  if (model.sections.instrument?.style !== 'decorator') return undefined;
  const runtime = runtimeSpecifier(style, 'decorators');
  return renderTypeScript('decorators', {
    exports: joinCode([ts`export { counted, reported, timed, traced } from ${runtime};`], '\n'),
  });
}
