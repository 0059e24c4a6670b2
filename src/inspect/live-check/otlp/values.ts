import { list, member, number, text } from '../../doctor/ask/json.js';
import type { SeenValue } from '../seen.js';

/** Characters of a value that a finding shows. */
const longestText = 120;

const cut = (value: string): string =>
  value.length > longestText ? `${value.slice(0, longestText)}…` : value;

const scalarTypes = new Set(['string', 'int', 'double', 'boolean']);

/** An `AnyValue`, in the JSON encoding. */
export function readValue(value: unknown): SeenValue {
  const of = (name: string): unknown => member(value, name);
  if (of('stringValue') !== undefined) return { type: 'string', text: cut(text(of('stringValue'))) };
  if (of('boolValue') !== undefined) return { type: 'boolean', text: String(of('boolValue') === true) };
  if (of('intValue') !== undefined) return { type: 'int', text: String(of('intValue')) };
  if (of('doubleValue') !== undefined) return { type: 'double', text: String(of('doubleValue')) };
  if (of('arrayValue') !== undefined) return readList(list(member(value, 'arrayValue', 'values')));
  if (of('kvlistValue') !== undefined || of('bytesValue') !== undefined) return { type: 'other', text: '…' };
  return { type: 'empty', text: '' };
}

function readList(values: readonly unknown[]): SeenValue {
  // Lists within lists are no attributes, and are not followed: they may go as deep as they like.
  const items = values
    .slice(0, 100)
    .map((value) =>
      member(value, 'arrayValue') === undefined ? readValue(value) : ({ type: 'other', text: '…' } as const),
    );
  const types = new Set(items.map(({ type }) => type));
  const shown = cut(`[${items.map((item) => item.text).join(', ')}]`);
  if (types.size === 0) return { type: 'string[]', text: '[]' };
  // Whole numbers of a list of doubles are sent as integers.
  if (types.size === 2 && types.has('int') && types.has('double')) return { type: 'double[]', text: shown };
  const [only = 'other'] = types;
  return types.size === 1 && scalarTypes.has(only)
    ? { type: `${only}[]` as SeenValue['type'], text: shown }
    : { type: 'other', text: shown };
}

/** The attributes of something, by key. */
export function readAttributes(attributes: unknown): ReadonlyMap<string, SeenValue> {
  return new Map(
    list(attributes).map((each) => [text(member(each, 'key')), readValue(member(each, 'value'))] as const),
  );
}

/** Attributes as labels: all values are texts. */
export function readLabels(attributes: unknown, nameOf: (key: string) => string): Map<string, string> {
  return new Map(
    list(attributes).map((each) => {
      const value = member(each, 'value');
      const whole = member(value, 'stringValue');
      // A label is compared as a whole, however long it is.
      const shown = typeof whole === 'string' ? whole : readValue(value).text;
      return [nameOf(text(member(each, 'key'))), shown] as const;
    }),
  );
}

/** A count or a value; `NaN` and the infinities are texts in JSON. */
export function readNumber(value: unknown): number | undefined {
  if (value === 'NaN') return NaN;
  if (value === 'Infinity' || value === '-Infinity') return Number(value);
  return number(value);
}
