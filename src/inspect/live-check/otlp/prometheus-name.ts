/**
 * How the names of OpenTelemetry become those of Prometheus, by
 * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/ and github.com/prometheus/otlptranslator, which
 * Prometheus and the Collector's exporter follow.
 */

/** Units of UCUM, and the words that names end in for them. */
const words: ReadonlyMap<string, string> = new Map([
  ['d', 'days'],
  ['h', 'hours'],
  ['min', 'minutes'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
  ['By', 'bytes'],
  ['KiBy', 'kibibytes'],
  ['MiBy', 'mebibytes'],
  ['GiBy', 'gibibytes'],
  ['TiBy', 'tibibytes'],
  ['KBy', 'kilobytes'],
  ['MBy', 'megabytes'],
  ['GBy', 'gigabytes'],
  ['TBy', 'terabytes'],
  ['m', 'meters'],
  ['V', 'volts'],
  ['A', 'amperes'],
  ['J', 'joules'],
  ['W', 'watts'],
  ['g', 'grams'],
  ['Cel', 'celsius'],
  ['Hz', 'hertz'],
  ['%', 'percent'],
  ['1', ''],
]);

/** What a unit is divided by. */
const perWords: ReadonlyMap<string, string> = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['mo', 'month'],
  ['y', 'year'],
]);

/** What of an instrument decides its name. */
export interface Instrument {
  readonly name: string;
  /** As OTLP has it: UCUM, `{token}`, `By/s`. */
  readonly unit: string;
  /** Whether it is a monotonic sum. */
  readonly isCounter: boolean;
  readonly isGauge: boolean;
}

/** Letters, digits and underscores alone, each run of others one underscore, none at either end. */
function cleaned(text: string): string {
  return text.replace(/[^a-zA-Z0-9]+/g, '_').replace(/^_+|_+$/g, '');
}

/** The words that a unit puts at the end of a name: `bytes` and `second` for `By/s`; empty where there is none. Annotations in braces are none. */
export function unitWords(unit: string): { readonly main: string; readonly per: string } {
  const [main = '', per = ''] = unit.split('/', 2).map((part) => part.trim());
  const word = (text: string, table: ReadonlyMap<string, string>): string =>
    text === '' || /[{}]/.test(text) ? '' : cleaned(table.get(text) ?? text);
  return { main: word(main, words), per: word(per, perWords) };
}

function validStart(name: string): string {
  return /^\d/.test(name) ? `_${name}` : name;
}

function without(tokens: readonly string[], word: string): readonly string[] {
  return tokens.filter((token) => token !== word);
}

/** The name with the unit and `_total` at its end, as Prometheus translates where nothing else is configured. */
export function nameWithSuffixes({ name, unit, isCounter, isGauge }: Instrument): string {
  let tokens: readonly string[] = name.split(/[^a-zA-Z0-9:]+/).filter((token) => token !== '');
  const { main, per } = unitWords(unit);
  if (main !== '' && !tokens.includes(main)) tokens = [...tokens, main];
  if (per !== '' && !tokens.includes(per)) tokens = [...tokens, 'per', per];
  if (isCounter) tokens = [...without(tokens, 'total'), 'total'];
  if (unit === '1' && isGauge) tokens = [...without(tokens, 'ratio'), 'ratio'];
  return validStart(tokens.join('_'));
}

/** The name alone, with what Prometheus does not allow replaced: translation without suffixes. */
export function escapedName(name: string): string {
  return validStart(name.replace(/[^a-zA-Z0-9_:]/g, '_'));
}

/** The label of an attribute. */
export function labelName(attribute: string): string {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(attribute)) return attribute;
  const escaped = attribute.replace(/[^a-zA-Z0-9_]/g, '_').replace(/_+/g, '_');
  return /^\d/.test(escaped) ? `key_${escaped}` : escaped;
}
