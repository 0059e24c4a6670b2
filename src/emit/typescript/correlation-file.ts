import { joinCode, stringLiteral, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Model } from '../../model/model.js';
import { answersRequests, middlewareParts } from './http-server-span.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { print } from './layout.js';
import type { HelperNames } from './names.js';
import {
  breakableProperty,
  list,
  objectEntry,
  openObject,
  property,
  propertyLayout,
  unionType,
} from './shapes.js';
import type { Property } from './shapes.js';
import { renderTypeScript } from './view.js';

/** The names that most services and proxies know. */
const defaults = {
  header: 'x-correlation-id',
  accept: ['x-correlation-id', 'x-request-id'],
  propagateTo: ['localhost', '127.0.0.1'],
};

/** The text of `correlation.ts`; undefined where the spec has no correlation and the service answers no requests. */
export function correlationFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  const given = model.sections.correlation;
  if (given === undefined && !answersRequests(model)) return undefined;
  const runtime = runtimeSpecifier(style, 'correlation');
  const { baggage = [] } = given ?? {};
  const header = given?.header ?? defaults.header;
  const accept = given?.accept ?? [...new Set([header, ...defaults.accept])];
  const propagateTo = given?.propagateTo ?? defaults.propagateTo;
  const parts = middlewareParts(model, names);
  return renderTypeScript('correlation', {
    imports: joinCode(
      [
        ...importValues(['createCorrelation', 'createCorrelationComponent', 'createMiddleware'], runtime),
        ...importTypes(['Component', 'Correlation', 'Middleware'], runtime),
        ...parts.files.flatMap((file) => importValues([file], besideSpecifier(file, style))),
      ],
      '\n',
    ),
    baggageKey: print([
      ts`export type BaggageKey`,
      ' =',
      unionType(baggage.length === 0 ? [ts`never`] : baggage.map(stringLiteral)),
      ';',
    ]),
    settings: [
      objectEntry(breakableProperty('header', stringLiteral(header))),
      objectEntry(texts('accept', accept)),
      objectEntry(texts('propagateTo', propagateTo)),
      objectEntry(texts('baggage', baggage)),
    ],
    middleware: middleware(parts.properties),
  });
}

function texts(name: string, values: readonly string[]): Property {
  return property(name, list(values.map(stringLiteral)));
}

function middleware(parts: readonly Property[]): TsCode {
  const given = parts.length === 0 ? [] : ([',', ' ', openObject(parts.map(propertyLayout))] as const);
  return print([ts`export const middleware: Middleware = createMiddleware(correlation`, given, ')', ';']);
}
