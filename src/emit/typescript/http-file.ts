import { comment, commentCode, commentText, jsDoc } from '../../encode/comment.js';
import type { CommentText } from '../../encode/comment.js';
import { booleanLiteral, joinCode, numberLiteral, stringLiteral, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import { parseDuration } from '../../model/duration.js';
import type { Model } from '../../model/model.js';
import { answersRequests } from './http-server-span.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { print } from './layout.js';
import type { HelperNames } from './names.js';
import { breakableProperty, callEntry, objectEntry, property } from './shapes.js';
import { renderTypeScript } from './view.js';

type Component = NonNullable<Model['sections']['health']>[string];

/** How long a check may take where the spec does not say. */
const defaultTimeoutSeconds = 2;

/** The text of `http.ts`; undefined where the spec has no components and the service answers no requests. */
export function httpFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  const { health } = model.sections;
  if (health === undefined && !answersRequests(model)) return undefined;
  const components = Object.entries(health ?? {});
  const runtime = runtimeSpecifier(style, 'http');
  const isChecked = components.length > 0;
  return renderTypeScript('http', {
    imports: joinCode(
      [
        ...importValues(['createObservability', ...(isChecked ? ['healthComponent'] : [])], runtime),
        ...importTypes([...(isChecked ? ['HealthComponent'] : []), 'Observability'], runtime),
        ...importValues(['telemetry'], besideSpecifier('telemetry', style)),
      ],
      '\n',
    ),
    members: components.map(([name, component]) => ({
      doc: jsDoc(componentDoc(name, component), '  '),
      code: print(ts`readonly ${names.healthComponent(name)}: HealthComponent;`, 2),
    })),
    values: components.map(([name, component]) => value(name, component, names)),
    service: objectEntry(breakableProperty('service', stringLiteral(model.service.name))),
  });
}

/** What an editor shows of a component. */
function componentDoc(name: string, { critical = true, description }: Component): readonly CommentText[] {
  return [
    commentText(description ?? ''),
    critical
      ? comment`${commentCode(name)}: the service is down without it.`
      : comment`${commentCode(name)}: the service can do without it.`,
  ];
}

function value(name: string, { timeout, critical = true }: Component, names: HelperNames): TsCode {
  const seconds = timeout === undefined ? defaultTimeoutSeconds : parseDuration(timeout).seconds;
  return callEntry(names.healthComponent(name), ts`healthComponent`, [
    breakableProperty('name', stringLiteral(name)),
    property('timeoutSeconds', numberLiteral(seconds)),
    property('critical', booleanLiteral(critical)),
  ]);
}
