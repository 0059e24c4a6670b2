import { identifier, joinCode, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Model } from '../../model/model.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { print } from './layout.js';
import { importNames } from './shapes.js';
import { renderTypeScript } from './view.js';

/** What inserted code may call, in the order of a linter. */
const helpers = [
  'keepContext',
  'traceAccessor',
  'traceCall',
  'traceConstruction',
  'traceFunction',
  'traceMember',
  'traceMethod',
  'tracePrivate',
  'traced',
];

/**
 * The text of `instrument.ts`; undefined where the spec instruments nothing. The import of it in a file is the mark by which inserted code
 * is found again, so that no other generated file passes its exports on.
 * @param beside names of the generated files that it can be written beside
 */
export function instrumentFile(
  model: Model,
  style: ImportStyle,
  beside: readonly string[],
): string | undefined {
  if (model.sections.instrument === undefined) return undefined;
  const runtime = runtimeSpecifier(style, 'instrument');
  const logs = besideSpecifier('logs', style);
  const files = ['spans', 'metrics'].filter((name) => beside.includes(name));
  return renderTypeScript('instrument', {
    imports: joinCode(
      [
        ...importValues(['createConsoleLogger'], runtime),
        ...importTypes(['ConsoleLogger'], runtime),
        ...importValues(['log'], logs),
      ],
      '\n',
    ),
    exports: joinCode(
      [
        exported(helpers, runtime),
        ...files.map((name) => exported([name], besideSpecifier(name, style))),
        ...(model.logs.events.size === 0 ? [] : [exported(['logs'], logs)]),
      ],
      '\n',
    ),
  });
}

function exported(names: readonly string[], from: TsCode): TsCode {
  return print([ts`export `, importNames(names.map(identifier)), ts` from ${from};`]);
}
