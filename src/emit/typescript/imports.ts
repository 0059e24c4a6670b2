import { identifier, stringLiteral, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Target } from '../../model/model.js';
import { print } from './layout.js';
import { importNames } from './shapes.js';

/** How generated files refer to each other. */
export interface ImportStyle {
  readonly runtime: 'vendored' | 'package';
  readonly extension: '.js' | '.ts' | '';
}

/** The style that the spec's target asks for. */
export function importStyle(target: Target): ImportStyle {
  const { runtime, imports } = target.typescript;
  return { runtime, extension: imports === 'none' ? '' : `.${imports}` };
}

/** The specifier of a generated file beside the importing one. */
export function besideSpecifier(file: string, style: ImportStyle): TsCode {
  return stringLiteral(`./${file}${style.extension}`);
}

/** The specifier of the runtime, or of one of its rooms that only the specs which need it load. */
export function runtimeSpecifier(style: ImportStyle, room?: string): TsCode {
  const path = room === undefined ? 'runtime' : `runtime/${room}`;
  return style.runtime === 'package'
    ? stringLiteral(`obs-gen/${path}`)
    : besideSpecifier(`${path}/index`, style);
}

/** `import { a, b } from 'c';`, names sorted by code unit. */
export function importValues(names: readonly string[], from: TsCode): readonly TsCode[] {
  return importing('import', names, from);
}

/** `import type { A, B } from 'c';` */
export function importTypes(names: readonly string[], from: TsCode): readonly TsCode[] {
  return importing('import type', names, from);
}

function importing(
  keyword: 'import' | 'import type',
  names: readonly string[],
  from: TsCode,
): readonly TsCode[] {
  const sorted = [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map(identifier);
  if (sorted.length === 0) return [];
  const head = keyword === 'import' ? ts`import ` : ts`import type `;
  return [print([head, importNames(sorted), ts` from ${from};`])];
}
