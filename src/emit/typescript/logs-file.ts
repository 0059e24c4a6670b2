import { comment, commentCode, jsDoc } from '../../encode/comment.js';
import { joinCode, propertyName, stringLiteral, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { FieldType, LogEvent, Model } from '../../model/model.js';
import { eventDoc } from './docs.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { print } from './layout.js';
import type { HelperNames } from './names.js';
import { breakableProperty, callEntry, inlineObject, objectEntry, property } from './shapes.js';
import type { Property } from './shapes.js';
import { redacts } from './telemetry-file.js';
import { renderTypeScript } from './view.js';
import type { Declaration } from './view.js';

const fieldTypes: Readonly<Record<FieldType, TsCode>> = {
  string: ts`string`,
  int: ts`number`,
  double: ts`number`,
  boolean: ts`boolean`,
  ip: ts`string`,
  json: ts`unknown`,
};

/** The text of `logs.ts`; undefined where the spec has no log events. */
export function logsFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  const events = [...model.logs.events.values()];
  if (events.length === 0) return undefined;
  const runtime = runtimeSpecifier(style);
  const withFields = events.filter(({ fields }) => fields.length > 0);
  const types = [
    ...(withFields.length === 0 ? [] : ['LogEvent']),
    ...(withFields.length === events.length ? [] : ['PlainLogEvent']),
  ];
  return renderTypeScript('logs', {
    imports: joinCode(
      [
        ...importValues(['createLogger'], runtime),
        ...importTypes(types, runtime),
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
    ],
    redacts: redacts(model),
    values: events.map((event) => value(event, names)),
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

function value(event: LogEvent, names: HelperNames): TsCode {
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
  return callEntry(names.event(event), maker, properties);
}
