declare const brand: unique symbol;

/** TypeScript that is safe to put into a file: what the functions here return, joined by `ts`. Nothing else gets into a template. */
export type TsCode = string & { readonly [brand]: unknown };
/** A string or number literal. */
export type TsLiteral = TsCode & { readonly [brand]: 'literal' };
/** An identifier. */
export type TsIdentifier = TsCode & { readonly [brand]: 'identifier' };
/** The name of a property in an object or an interface. */
export type TsProperty = TsCode & { readonly [brand]: 'property' };

const identifierPattern = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** What stands in a literal as it is: printable ASCII and the letters of Latin, Greek and Cyrillic, each one column wide. */
const plain = /[\x20-\x7e\u00a1-\u00a8\u00aa-\u00ac\u00af-\u024f\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f]/u;

const shortEscapes = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Joins code; values can only be code, so that no text of a spec gets in. */
export function ts(parts: TemplateStringsArray, ...values: readonly TsCode[]): TsCode {
  return String.raw({ raw: parts.raw }, ...values) as TsCode;
}

/** Joins code with a separator of ours. */
export function joinCode(parts: readonly TsCode[], separator: '\n' | '\n\n' | ', ' | ' | ' | ''): TsCode {
  return parts.join(separator) as TsCode;
}

/**
 * A string literal with the quotes that prettier would choose: single ones, but double ones where they save escapes. Line ends,
 * controls, invisible characters, bidirectional marks and lone surrogates are escaped.
 */
export function stringLiteral(text: string): TsLiteral {
  const quote = count(text, "'") > count(text, '"') ? '"' : "'";
  let body = '';
  for (const character of text) body += escaped(character, quote);
  return `${quote}${body}${quote}` as TsLiteral;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function escaped(character: string, quote: string): string {
  const short = shortEscapes.get(character);
  if (short !== undefined) return short;
  if (character === quote) return `\\${quote}`;
  if (plain.test(character)) return character;
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}

/**
 * A number literal as prettier prints it.
 * @throws where the number is not finite: a bug of ours
 */
export function numberLiteral(value: number): TsLiteral {
  if (!Number.isFinite(value)) throw new Error(`bug: ${String(value)} is no number literal`);
  return String(Object.is(value, -0) ? 0 : value).replace('e+', 'e') as TsLiteral;
}

/** `true` or `false`. */
export function booleanLiteral(value: boolean): TsLiteral {
  return String(value) as TsLiteral;
}

/**
 * A name as an identifier.
 * @throws where it is none: names come from `encode/names`, so this is a bug of ours
 */
export function identifier(name: string): TsIdentifier {
  if (!identifierPattern.test(name)) throw new Error(`bug: ${JSON.stringify(name)} is no identifier`);
  return name as TsIdentifier;
}

/** A property's name, in quotes only where it needs them; `__proto__` would set the prototype, and is computed. */
export function propertyName(name: string): TsProperty {
  if (name === '__proto__') return "['__proto__']" as TsProperty;
  return (identifierPattern.test(name) ? name : stringLiteral(name)) as TsProperty;
}
