import { comment, commentCode, jsDoc } from '../../encode/comment.js';
import {
  booleanLiteral,
  joinCode,
  numberLiteral,
  propertyName,
  stringLiteral,
  ts,
} from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { FieldType, LogEvent, Model } from '../../model/model.js';
import { fieldKeys } from '../../runtime/logs/line-keys.js';
import { createRedactor, redacted } from '../../runtime/redaction/redactor.js';
import type { Redactor } from '../../runtime/redaction/redactor.js';
import { eventDoc } from './docs.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { group, hardLine, ifBroken, indent, line, print, separated, softLine } from './layout.js';
import type { Layout } from './layout.js';
import type { HelperNames } from './names.js';
import { breakableProperty, callEntry, inlineObject, memberAccess, objectEntry, property } from './shapes.js';
import type { Property } from './shapes.js';
import { redacts } from './telemetry-file.js';
import { renderTypeScript } from './view.js';
import type { Declaration } from './view.js';

/** What a field of an event is in TypeScript. */
export const fieldTypes: Readonly<Record<FieldType, TsCode>> = {
  string: ts`string`,
  int: ts`number`,
  double: ts`number`,
  boolean: ts`boolean`,
  ip: ts`string`,
  json: ts`unknown`,
};

/** The text of `logs.ts`: the log events of the spec, and the log for free text. */
export function logsFile(model: Model, names: HelperNames, style: ImportStyle): string {
  const events = [...model.logs.events.values()];
  const runtime = runtimeSpecifier(style);
  const withFields = events.filter(({ fields }) => fields.length > 0);
  const types = [
    ...(withFields.length === 0 ? [] : ['LogEvent']),
    ...(withFields.length === events.length ? [] : ['PlainLogEvent']),
    'Log',
  ];
  const redactor = createRedactor(model.logs.redact, 'log', () => {
    // Nothing is hidden here; what would be is asked.
  });
  return renderTypeScript('logs', {
    imports: joinCode(
      [
        ...importValues(['createLogger'], runtime),
        ...importTypes(types, runtime),
        ...importValues(model.logs.pino ? ['createPinoOptions'] : [], runtimeSpecifier(style, 'pino')),
        ...importTypes(model.logs.pino ? ['PinoOptions'] : [], runtimeSpecifier(style, 'pino')),
        ...importValues(redacts(model) ? ['redaction'] : [], besideSpecifier('redaction', style)),
      ],
      '\n',
    ),
    types: withFields.map((event) => fieldsType(event, names)),
    members: events.map((event) => ({ doc: jsDoc(eventDoc(event), '  '), code: member(event, names) })),
    settings: [
      objectEntry(breakableProperty('service', stringLiteral(model.service.name))),
      objectEntry(breakableProperty('level', stringLiteral(model.logs.level))),
      objectEntry(breakableProperty('format', stringLiteral(model.logs.format))),
      ...outputs(model).map(objectEntry),
    ],
    redacts: redacts(model),
    pino: model.logs.pino,
    hasEvents: events.length > 0,
    values: events.map((event) => value(event, names, redactor)),
  });
}

function fieldsType(event: LogEvent, names: HelperNames): Declaration {
  const members = event.fields.map(({ name, type }) =>
    print(ts`readonly ${propertyName(name)}: ${fieldTypes[type]};`, 2),
  );
  return {
    doc: jsDoc([comment`Fields of ${commentCode(event.name)}.`], ''),
    code: joinCode([ts`export interface ${names.fieldsType(event)} {`, ...members, ts`}`], '\n'),
  };
}

function member(event: LogEvent, names: HelperNames): TsCode {
  const name = names.event(event);
  const type = event.fields.length === 0 ? ts`PlainLogEvent` : ts`LogEvent<${names.fieldsType(event)}>`;
  return print(ts`readonly ${name}: ${type};`, 2);
}

function value(event: LogEvent, names: HelperNames, redactor: Redactor): TsCode {
  const properties: Property[] = [
    breakableProperty('event', stringLiteral(event.name)),
    breakableProperty('level', stringLiteral(event.level)),
    ...(event.category === undefined ? [] : [breakableProperty('category', stringLiteral(event.category))]),
    breakableProperty('message', stringLiteral(event.message)),
  ];
  if (event.fields.length > 0) {
    const fields = event.fields.map(({ name, type }) => breakableProperty(name, stringLiteral(type)));
    properties.push(property('fields', inlineObject(fields)));
  }
  const maker = event.fields.length === 0 ? ts`logger.plainEvent` : ts`logger.event`;
  return callEntry(names.event(event), maker, properties, writeMethod(event, redactor));
}

/** Where lines go, unless it is standard output alone. */
function outputs({ logs }: Model): readonly Property[] {
  const { stdout, otlp, file } = logs.outputs;
  const parts: Property[] = [];
  if (!stdout) parts.push(property('stdout', booleanLiteral(false)));
  if (otlp) parts.push(property('otlp', booleanLiteral(true)));
  if (file !== undefined) {
    const members = [
      breakableProperty('path', stringLiteral(file.path)),
      property('maxBytes', numberLiteral(file.maxBytes)),
      property('keep', numberLiteral(file.keep)),
    ];
    parts.push(property('file', inlineObject(members)));
  }
  return parts.length === 0 ? [] : [property('outputs', inlineObject(parts))];
}

/** Values of each type, for which a name is judged as it is at run time. */
const samples: Readonly<Record<FieldType, unknown>> = {
  string: '',
  int: 0,
  double: 0,
  boolean: false,
  ip: '',
  json: {},
};

/** The methods of the runtime that write a field. */
const writers: Readonly<Record<FieldType, TsCode>> = {
  string: ts`text`,
  int: ts`number`,
  double: ts`number`,
  boolean: ts`boolean`,
  ip: ts`text`,
  json: ts`any`,
};

/** How the fields become JSON, written out: no key is looked up, and a field that is hidden by its name is not even read. */
function writeMethod({ fields }: LogEvent, redactor: Redactor): readonly Layout[] {
  if (fields.length === 0) return [];
  const keys = fieldKeys(fields.map(({ name }) => name));
  const isHidden = fields.map(({ name, type }) => redactor.hides(name, samples[type]));
  const terms = fields.map(({ name, type }, index): Layout => {
    const before = `,${JSON.stringify(keys[index])}:`;
    if (isHidden[index] === true) return call(ts`line.hidden`, [stringLiteral(`${before}"${redacted}"`)]);
    const writer = writers[type];
    const opening = writer === writers.string ? `${before}"` : before;
    return call(ts`line.${writer}`, [stringLiteral(opening), memberAccess(ts`of`, name)]);
  });
  const [only, ...others] = terms;
  // Of two terms the second stays on the line where the first one ends, as prettier has it.
  const [second] = others;
  const sum: Layout =
    only !== undefined && second !== undefined && others.length === 1
      ? [only, group([ts` +`, line, second])]
      : group(separated(terms, [ts` +`, line]));
  const returned: Layout =
    only !== undefined && others.length === 0
      ? [ts`return `, only, ';']
      : [ts`return `, group([ifBroken('('), indent([softLine, sum]), softLine, ifBroken(')')]), ';'];
  const parameters = isHidden.includes(false) ? ts`write(of, line) ` : ts`write(_of, line) `;
  return [[parameters, '{', indent([hardLine, returned]), hardLine, '}']];
}

function call(callee: TsCode, given: readonly Layout[]): Layout {
  const items = separated(given, [',', line]);
  return [callee, group(['(', indent([softLine, items]), ifBroken(','), softLine, ')'])];
}
