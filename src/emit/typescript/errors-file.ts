import { joinCode, numberLiteral, stringLiteral } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Model } from '../../model/model.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { logSettings } from './log-settings.js';
import { breakableProperty, inlineObject, objectEntry, property } from './shapes.js';
import { redacts } from './telemetry-file.js';
import { renderTypeScript } from './view.js';

/** The text of `errors.ts`; undefined where the spec says nothing of errors. */
export function errorsFile(model: Model, style: ImportStyle): string | undefined {
  if (model.sections.errors === undefined) return undefined;
  const runtime = runtimeSpecifier(style, 'errors');
  return renderTypeScript('errors', {
    imports: joinCode(
      [
        ...importValues(['createErrors'], runtime),
        ...importTypes(['Component', 'Errors'], runtime),
        ...importValues(redacts(model) ? ['redaction'] : [], besideSpecifier('redaction', style)),
      ],
      '\n',
    ),
    settings: [...logSettings(model), ...sentry(model)],
    redacts: redacts(model),
  });
}

function sentry({ sections }: Model): readonly TsCode[] {
  const given = sections.errors?.sentry;
  if (given === undefined) return [];
  const { dsnEnv, sampleRate, tracesSampleRate, environment } = given;
  return [
    objectEntry(
      property(
        'sentry',
        inlineObject([
          breakableProperty('dsnEnv', stringLiteral(dsnEnv)),
          ...(sampleRate === undefined ? [] : [property('sampleRate', numberLiteral(sampleRate))]),
          ...(tracesSampleRate === undefined
            ? []
            : [property('tracesSampleRate', numberLiteral(tracesSampleRate))]),
          ...(environment === undefined
            ? []
            : [breakableProperty('environment', stringLiteral(environment))]),
        ]),
      ),
    ),
  ];
}
