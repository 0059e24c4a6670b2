import { comment, commentCode, commentText, jsDoc } from '../../encode/comment.js';
import type { CommentText } from '../../encode/comment.js';
import { camelCase } from '../../encode/names.js';
import { joinCode, numberLiteral, propertyName, stringLiteral, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import { parseDuration } from '../../model/duration.js';
import type { Model } from '../../model/model.js';
import { presetWith } from '../../model/preset-index.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { print } from './layout.js';
import { logSettings } from './log-settings.js';
import { fieldTypes } from './logs-file.js';
import type { HelperNames } from './names.js';
import {
  breakableProperty,
  callEntry,
  inlineObject,
  list,
  objectEntry,
  openObject,
  property,
  propertyLayout,
} from './shapes.js';
import type { Property } from './shapes.js';
import { redacts } from './telemetry-file.js';
import { renderTypeScript } from './view.js';
import type { Declaration } from './view.js';

/** The preset whose metrics count security events. */
const preset = 'security';
/** The label of those metrics that names the event. */
const eventLabel = `${preset}.event`;

type SecuritySection = NonNullable<Model['sections']['security']>;
type SecurityEvent = NonNullable<SecuritySection['events']>[string];
type Event = readonly [name: string, definition: SecurityEvent];

/** The text of `security.ts`; undefined where the spec has no security events. */
export function securityFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  const { events = {}, reputation, audit } = model.sections.security ?? {};
  const all = Object.entries(events);
  if (all.length === 0) return undefined;
  const runtime = runtimeSpecifier(style, 'security');
  const withFields = all.filter(hasFields);
  const metrics = securityMetrics(model, names);
  const label = metrics.length === 0 ? undefined : model.labels.get(eventLabel);
  return renderTypeScript('security', {
    imports: joinCode(
      [
        ...importValues(['createSecurity'], runtime),
        ...importTypes(
          [
            'Component',
            ...(withFields.length === 0 ? [] : ['TellSecurityEvent']),
            ...(withFields.length === all.length ? [] : ['TellPlainSecurityEvent']),
          ],
          runtime,
        ),
        ...importValues(label === undefined ? [] : ['labels'], besideSpecifier('labels', style)),
        ...importValues(metrics.length === 0 ? [] : ['metrics'], besideSpecifier('metrics', style)),
        ...importValues(redacts(model) ? ['redaction'] : [], besideSpecifier('redaction', style)),
      ],
      '\n',
    ),
    types: withFields.map((event) => fieldsType(event, names)),
    members: all.map((event) => ({ doc: jsDoc(eventDoc(event), '  '), code: member(event, names) })),
    settings: [
      ...logSettings(model),
      ...(metrics.length === 0
        ? []
        : [objectEntry(property('metrics', openObject(metrics.map(propertyLayout))))]),
      ...(label?.bound.kind === 'registered'
        ? [objectEntry(breakableProperty('eventLabel', ts`labels.${names.label(label)}`))]
        : []),
      ...(reputation === undefined
        ? []
        : [objectEntry(property('reputation', list(reputation.lists.map(stringLiteral))))]),
      ...(audit === undefined ? [] : [auditEntry(audit)]),
    ],
    redacts: redacts(model),
    values: all.map((event) => value(event, names)),
  });
}

/** The metrics of the preset, under the names that the runtime knows them by; one whose labels the spec has changed is another metric. */
function securityMetrics(model: Model, names: HelperNames): readonly Property[] {
  return [...model.metrics.values()]
    .filter(({ name }) => presetWith('metrics', name) === preset && runtimeMetrics.has(name))
    .filter(({ labels }) => labels.every(({ key, wire }) => key === `${preset}.${wire}`))
    .map((metric) => breakableProperty(camelCase(metric.name), ts`metrics.${names.metric(metric)}`));
}

const runtimeMetrics: ReadonlySet<string> = new Set([
  'security_events_total',
  'security_detections_total',
  'security_reputation_matches_total',
  'security_tracked_keys',
  'security_evicted_keys_total',
]);

function hasFields([, { fields }]: Event): boolean {
  return Object.keys(fields ?? {}).length > 0;
}

function fieldsType([name, { fields = {} }]: Event, names: HelperNames): Declaration {
  const members = Object.entries(fields).map(([field, type]) =>
    print(ts`readonly ${propertyName(field)}: ${fieldTypes[type]};`, 2),
  );
  return {
    doc: jsDoc([comment`Fields of ${commentCode(name)}.`], ''),
    code: joinCode([ts`export interface ${names.securityFields(name)} {`, ...members, ts`}`], '\n'),
  };
}

function eventDoc([name, { severity, description, alert }]: Event): readonly CommentText[] {
  const by = alert?.by === undefined ? comment`` : comment` for one ${commentCode(alert.by)}`;
  return [
    commentText(description ?? ''),
    comment`Security event ${commentCode(name)}, severity ${commentText(severity)}.`,
    alert === undefined
      ? comment``
      : comment`Detected where there are more than ${alert.above} in ${commentText(alert.per)}${by}.`,
  ];
}

function member(event: Event, names: HelperNames): TsCode {
  const [name] = event;
  const type = hasFields(event)
    ? ts`TellSecurityEvent<${names.securityFields(name)}>`
    : ts`TellPlainSecurityEvent`;
  return print(ts`readonly ${names.securityEvent(name)}: ${type};`, 2);
}

function value(event: Event, names: HelperNames): TsCode {
  const [name, { severity, description, fields = {}, alert }] = event;
  const properties: Property[] = [
    breakableProperty('event', stringLiteral(name)),
    breakableProperty('severity', stringLiteral(severity)),
    breakableProperty('message', stringLiteral(description ?? `security event ${name}`)),
  ];
  if (hasFields(event)) {
    const types = Object.entries(fields).map(([field, type]) =>
      breakableProperty(field, stringLiteral(type)),
    );
    properties.push(property('fields', inlineObject(types)));
  }
  if (alert !== undefined) {
    const limit = [
      property('above', numberLiteral(alert.above)),
      property('perSeconds', numberLiteral(parseDuration(alert.per).seconds)),
      ...(alert.by === undefined ? [] : [breakableProperty('by', stringLiteral(alert.by))]),
    ];
    properties.push(property('alert', inlineObject(limit)));
  }
  const maker = hasFields(event) ? ts`made.event` : ts`made.plainEvent`;
  return callEntry(names.securityEvent(name), maker, properties);
}

function auditEntry(audit: NonNullable<SecuritySection['audit']>): TsCode {
  const { file, keyEnv, keyFile, rotateBytes, sync } = audit;
  return objectEntry(
    property(
      'audit',
      inlineObject([
        breakableProperty('file', stringLiteral(file)),
        ...(keyEnv === undefined ? [] : [breakableProperty('keyEnv', stringLiteral(keyEnv))]),
        ...(keyFile === undefined ? [] : [breakableProperty('keyFile', stringLiteral(keyFile))]),
        ...(rotateBytes === undefined ? [] : [property('rotateBytes', numberLiteral(rotateBytes))]),
        ...(sync === undefined ? [] : [breakableProperty('sync', stringLiteral(sync))]),
      ]),
    ),
  );
}
