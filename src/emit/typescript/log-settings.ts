import { stringLiteral } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Model } from '../../model/model.js';
import { breakableProperty, objectEntry } from './shapes.js';

/** What every part of the helpers that writes log lines is told: each an entry of its settings. */
export function logSettings({ service, logs }: Model): readonly TsCode[] {
  return [
    objectEntry(breakableProperty('service', stringLiteral(service.name))),
    objectEntry(breakableProperty('level', stringLiteral(logs.level))),
    objectEntry(breakableProperty('format', stringLiteral(logs.format))),
  ];
}
