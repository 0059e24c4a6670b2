import type { TsCode } from '../../encode/typescript.js';
import { renderTemplate } from '../templates.js';

/** A declaration with its JSDoc. */
export interface Declaration {
  readonly doc: TsCode;
  readonly code: TsCode;
}

/** What a template of TypeScript may be given: code, and whether a part is written; no text of a spec can get into a file that way. */
export interface TypeScriptView {
  readonly [field: string]: TsCode | boolean | readonly TsCode[] | readonly Declaration[];
}

/** Renders `templates/typescript/<name>.hbs`. */
export function renderTypeScript(name: string, view: TypeScriptView): string {
  return renderTemplate(`typescript/${name}`, view);
}
