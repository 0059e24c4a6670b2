import type { TsCode } from '../../encode/typescript.js';
import { renderTemplate } from '../templates.js';

/** A declaration with its JSDoc. */
export interface Declaration {
  readonly doc: TsCode;
  readonly code: TsCode;
}

/** What a template of TypeScript may be given: code and nothing but code, so that no text of a spec can get into a file. */
export interface TypeScriptView {
  readonly [field: string]: TsCode | readonly TsCode[] | readonly Declaration[];
}

/** Renders `templates/typescript/<name>.hbs`. */
export function renderTypeScript(name: string, view: TypeScriptView): string {
  return renderTemplate(`typescript/${name}`, view);
}
