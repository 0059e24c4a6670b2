import { joinCode, numberLiteral, stringLiteral } from '../../encode/typescript.js';
import { parseDuration } from '../../model/duration.js';
import type { Model } from '../../model/model.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import type { Layout } from './layout.js';
import type { HelperNames } from './names.js';
import { presetMetrics } from './preset-metrics.js';
import {
  breakableProperty,
  inlineObject,
  list,
  objectEntry,
  objectList,
  openObject,
  property,
  propertyLayout,
} from './shapes.js';
import { renderTypeScript } from './view.js';

type Collectors = NonNullable<NonNullable<Model['sections']['gpu']>['collectors']>;
type Collector = NonNullable<Collectors[keyof Collectors]>;

/** The text of `gpu.ts`; undefined where the spec has no collectors. */
export function gpuFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  const collectors = Object.entries(model.sections.gpu?.collectors ?? {});
  if (collectors.length === 0) return undefined;
  const runtime = runtimeSpecifier(style, 'gpu');
  const metrics = presetMetrics(model, names, ['gpu']);
  return renderTypeScript('gpu', {
    imports: joinCode(
      [
        ...importValues(['createGpu'], runtime),
        ...importTypes(['Component', 'Gpu'], runtime),
        ...importValues(metrics.length === 0 ? [] : ['metrics'], besideSpecifier('metrics', style)),
      ],
      '\n',
    ),
    settings: [
      objectEntry(
        property('collectors', objectList(collectors.map(([vendor, each]) => collector(vendor, each)))),
      ),
      objectEntry(property('metrics', openObject(metrics.map(propertyLayout)))),
    ],
  });
}

/** What the runtime is told of a collector. A key without a value is one without settings. */
function collector(vendor: string, settings: Collector | null): Layout {
  const { source, command, url, interval, timeout, metrics } = settings ?? {};
  const text = (name: string, value: string | undefined) =>
    value === undefined ? [] : [breakableProperty(name, stringLiteral(value))];
  const seconds = (name: string, value: string | undefined) =>
    value === undefined ? [] : [property(name, numberLiteral(parseDuration(value).seconds))];
  return inlineObject([
    ...text('vendor', vendor),
    ...text('source', source),
    ...text('command', command),
    ...text('url', url),
    ...seconds('intervalSeconds', interval),
    ...seconds('timeoutSeconds', timeout),
    ...(metrics === undefined ? [] : [property('families', list(metrics.map(stringLiteral)))]),
  ]);
}
