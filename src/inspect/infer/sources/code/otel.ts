import { ts } from 'ts-morph';
import type { Evidence, SeenType } from '../../evidence.js';
import { placeOf, valueOf, type CodeFile, type Constants } from './constants.js';
import { holderOf, type Definition } from './definitions.js';

const instruments: ReadonlyMap<string, SeenType> = new Map(
  Object.entries({
    createCounter: 'counter',
    createObservableCounter: 'counter',
    createUpDownCounter: 'gauge',
    createObservableUpDownCounter: 'gauge',
    createGauge: 'gauge',
    createObservableGauge: 'gauge',
    createHistogram: 'histogram',
  }),
);

/** The SDK's bounds where an instrument advises none. */
const defaultBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

/** Units of UCUM as Prometheus spells them: the OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility". */
const units: ReadonlyMap<string, string> = new Map(
  Object.entries({
    d: 'days',
    h: 'hours',
    min: 'minutes',
    s: 'seconds',
    ms: 'milliseconds',
    us: 'microseconds',
    ns: 'nanoseconds',
    By: 'bytes',
    KiBy: 'kibibytes',
    MiBy: 'mebibytes',
    GiBy: 'gibibytes',
    TiBy: 'tibibytes',
    KBy: 'kilobytes',
    MBy: 'megabytes',
    GBy: 'gigabytes',
    TBy: 'terabytes',
    m: 'meters',
    V: 'volts',
    A: 'amperes',
    J: 'joules',
    W: 'watts',
    g: 'grams',
    Cel: 'celsius',
    Hz: 'hertz',
    '%': 'percent',
  }),
);

/** The word of a unit at the end of a name; empty where it has none. */
function unitWord(unit: string, type: SeenType): string {
  const plain = unit.replace(/\{[^}]*\}/g, '');
  if (plain === '1') return type === 'gauge' ? 'ratio' : '';
  const [of = '', per] = plain.split('/');
  const word = units.get(of) ?? of;
  if (per === undefined || per === '') return word;
  const denominator = (units.get(per) ?? per).replace(/s$/, '');
  return `${word}_per_${denominator}`.replace(/^_/, '');
}

/** A name or an attribute's key as Prometheus takes it. */
export function sanitised(name: string): string {
  const plain = name.replace(/[^a-zA-Z0-9_]+/g, '_').replace(/_{2,}/g, '_');
  return /^[0-9]/.test(plain) ? `_${plain}` : plain;
}

/**
 * Names that an instrument may have on the page, the one of the OpenTelemetry specification first: exporters differ in whether they
 * append the unit, and `_total`.
 */
export function exposedNames(name: string, unit: string | undefined, type: SeenType): readonly string[] {
  const stem = sanitised(name).replace(/^_+|_+$/g, '');
  const word = unit === undefined ? '' : sanitised(unitWord(unit, type)).replace(/^_+|_+$/g, '');
  const withoutTotal = type === 'counter' ? stem.replace(/_total$/, '') : stem;
  const hasUnit = word === '' || withoutTotal === word || withoutTotal.endsWith(`_${word}`);
  const long = hasUnit ? withoutTotal : `${withoutTotal}_${word}`;
  const total = type === 'counter' ? '_total' : '';
  return [...new Set([`${long}${total}`, `${withoutTotal}${total}`, long, stem])];
}

function boundsOf(constants: Constants, options: ts.ObjectLiteralExpression | undefined): readonly number[] {
  const advice = options && valueOf(options, 'advice');
  const object = advice === undefined ? undefined : constants.object(advice);
  const written = object && valueOf(object, 'explicitBucketBoundaries');
  const items = written === undefined ? undefined : constants.items(written);
  const numbers = items?.map((item) => constants.number(item));
  return numbers?.every((each): each is number => each !== undefined) === true ? numbers : defaultBounds;
}

/** Finds the instruments that a file creates with OpenTelemetry's metrics API. */
export function readInstruments(
  evidence: Evidence,
  constants: Constants,
  file: CodeFile,
): readonly Definition[] {
  const found: Definition[] = [];
  const visit = (node: ts.Node): void => {
    const definition = ts.isCallExpression(node)
      ? readInstrument(evidence, constants, file, node)
      : undefined;
    if (definition !== undefined) found.push(definition);
    ts.forEachChild(node, visit);
  };
  visit(file.source);
  return found;
}

function readInstrument(
  evidence: Evidence,
  constants: Constants,
  file: CodeFile,
  call: ts.CallExpression,
): Definition | undefined {
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
  const type = instruments.get(call.expression.name.text);
  const [first, second] = call.arguments;
  if (type === undefined || first === undefined || constants.object(first) !== undefined) return undefined;
  const where = placeOf(file, call);
  const written = constants.text(first);
  if (written === undefined) {
    evidence.note('left out', `metrics.${first.getText()}`, 'its name is made at run time', where);
    return undefined;
  }
  const options = second === undefined ? undefined : constants.object(second);
  const textOf = (key: string): string | undefined => {
    const value = options && valueOf(options, key);
    return value === undefined ? undefined : constants.text(value);
  };
  const names = exposedNames(written, textOf('unit'), type);
  const seen = names.find((name) => evidence.metrics.has(name));
  const metric = evidence.metric(seen ?? names[0] ?? written);
  metric.sightings.push({ kind: 'code', where });
  if (metric.type === 'unknown') metric.type = type;
  metric.help ??= textOf('description')?.trim();
  if (seen === undefined) metric.nameGuess = `the name that an exporter gives to ${written}`;
  if (type === 'histogram') {
    const bounds = boundsOf(constants, options);
    if (metric.buckets === undefined && bounds === defaultBounds)
      metric.bucketsGuess = 'the bounds that the SDK has by default: a view may have set others';
    metric.buckets ??= bounds;
  }
  return { file, node: call, metric, labelNames: undefined, holder: holderOf(call), api: 'opentelemetry' };
}
