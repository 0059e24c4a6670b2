import { nearest } from '../../diagnostics/did-you-mean.js';
import type { DiagnosticCode } from '../../diagnostics/catalogue.js';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Fix, Range, Related } from '../../diagnostics/diagnostic.js';
import { describeKeyFault } from './describe-keys.js';
import { describeText } from './describe-text.js';
import { exampleOf } from './examples.js';
import { type Located, type LocatedMap, type LocatedScalar, type Path, locate } from '../located.js';
import type { Plain } from '../plain.js';
import { alternatives, lowerFirst, singleQuoted } from '../quote.js';
import { type SchemaNode, dereferenced, isExclusion, schemaAt } from './schema.js';
import { rangeAt, shown } from './show.js';
import { versionFault } from '../version.js';
import type { Violation } from './validator.js';

/** What is said of a fault. */
export interface Description {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly range: Range;
  readonly help?: string | undefined;
  readonly fix?: Fix | undefined;
  readonly related?: readonly Related[];
}

/** The tree and what is known of it while its faults are described. */
export interface Subject {
  readonly root: LocatedMap;
  readonly plain: Plain;
}

/** A violation of the schema as a diagnostic at the token that shows it. */
export function describeFault(subject: Subject, violation: Violation): Diagnostic {
  const { code, ...finding } = describe(subject, violation);
  return diagnostic(code, finding);
}

function describe(subject: Subject, violation: Violation): Description {
  const { keyword, path } = violation;
  const node = locate(subject.root, path);
  const schema = schemaAt(subject.plain, path) ?? {};
  const range = rangeAt(subject.root, path);
  switch (keyword) {
    case 'additionalProperties':
    case 'required':
    case 'propertyNames':
      return describeKeyFault(subject, violation);
    case 'oneOf':
      return isExclusion(schema) ? describeKeyFault(subject, violation) : mismatch(path, node, schema, range);
    case 'type':
      return mismatch(path, node, schema, range);
    case 'enum':
    case 'const':
      if (path.length === 1 && path[0] === 'version' && node?.kind === 'scalar' && node.value !== null)
        return version(node, range);
      return choice(path, node, schema, range);
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return bound(path, node, violation, schema, range);
    case 'uniqueItems':
      return repeated(subject.root, violation);
    default:
      return describeText(violation, path, node, schema, range);
  }
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
};

/** What a schema takes, in words. */
function expectation(schema: SchemaNode): string {
  if (schema.oneOf !== undefined && !isExclusion(schema)) return unionInWords(schema.oneOf.map(dereferenced));
  if (schema.enum !== undefined) return `one of ${alternatives(schema.enum.map(String))}`;
  const types = (typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])).filter(
    (type) => type !== 'null',
  );
  const words = types.map((type) => typeWords[type] ?? type).join(' or ');
  const keys = schema.properties === undefined ? [] : (schema.required ?? []);
  return keys.length > 0 && keys.length < 4 ? `${words} with ${alternatives(keys, 'and')}` : words;
}

/** A union of maps is told by the keys that tell its branches apart. */
function unionInWords(branches: readonly SchemaNode[]): string {
  const maps = branches.filter((branch) => branch.properties !== undefined);
  const others = branches.filter((branch) => branch.properties === undefined).map(expectation);
  const keys = maps.flatMap((branch) => branch.required ?? []);
  return [...others, ...(maps.length === 0 ? [] : [`a map with ${alternatives(keys)}`])].join(' or ');
}

/** What was found, in words: its type and, where it is short, itself. */
function finding(path: Path, node: Located | undefined): string {
  if (node === undefined) return 'nothing';
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'sequence') return 'a list';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'boolean') return `\`${node.text.value}\``;
  return `${typeof node.value === 'number' ? 'the number' : 'the text'} ${shown(path, node)}`;
}

function mismatch(path: Path, node: Located | undefined, schema: SchemaNode, range: Range): Description {
  const message = `expected ${expectation(schema)}, found ${finding(path, node)}`;
  const help =
    schema.description === undefined
      ? undefined
      : `this is: ${lowerFirst(schema.description).replace(/\.$/, '')}`;
  return { code: 'OBS2003', message, range, help, ...conversion(node, schema, range) };
}

/** How the value that was found can be written as the type that is asked for. */
function conversion(
  node: Located | undefined,
  schema: SchemaNode,
  range: Range,
): { help?: string; fix?: Fix } {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  const place = node?.range ?? range;
  const source = place.source.text.slice(place.start, place.end);
  const fixed = (text: string, help: string) => ({ help, fix: { range: place, text } });
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) {
    const example = exampleOf(schema);
    return {
      help:
        example === undefined
          ? 'write a value behind the colon'
          : `write a value behind the colon, such as ${example}`,
    };
  }
  const isText = types.includes('string') || schema.enum !== undefined;
  if (isText && node.kind === 'scalar') {
    if (schema.pattern?.includes('ms') === true && typeof node.value === 'number')
      return { help: `write the unit: ${source}s for seconds, ${source}m for minutes` };
    return fixed(`"${source}"`, `put it in quotes: "${source}"`);
  }
  if (isText && node.kind === 'map' && source.startsWith('{') && !source.includes('\n'))
    return fixed(singleQuoted(source), `a text that begins with { needs quotes: ${singleQuoted(source)}`);
  if (types.includes('array') && node.kind === 'scalar')
    return fixed(`[${source}]`, `write a list: [${source}]`);
  if (types.includes('boolean') && node.kind === 'scalar') {
    const word = String(node.value).toLowerCase();
    if (word === 'yes' || word === 'on' || word === 'true') return fixed('true', 'write true');
    if (word === 'no' || word === 'off' || word === 'false') return fixed('false', 'write false');
  }
  if (
    (types.includes('number') || types.includes('integer')) &&
    node.kind === 'scalar' &&
    typeof node.value === 'string'
  ) {
    const number = node.value.replaceAll(/[_,\s%]/g, '');
    if (!/^[-+]?[0-9]+(?:\.[0-9]+)?$/.test(number)) return {};
    const isShare = node.value.trimEnd().endsWith('%') && (schema.maximum ?? schema.exclusiveMaximum) === 1;
    if (!isShare) return fixed(number, `write the number alone: ${number}`);
    const share = String(Number((Number(number) / 100).toPrecision(12)));
    return fixed(share, `this is a share, and not in percent: ${share}`);
  }
  return {};
}

/** A word that would be read as a number or a truth value without its quotes has them. */
const asText = (value: string): string =>
  /^[-+.\d]|^(?:true|false|null)$/.test(value) ? `"${value}"` : value;

/** More values than this are listed in the help and not in the headline. */
const listed = 8;

function choice(path: Path, node: Located | undefined, schema: SchemaNode, range: Range): Description {
  const values = (schema.enum ?? [schema.const ?? null]).map(String);
  if (node?.kind !== 'scalar' || node.value === null)
    return mismatch(path, node, { ...schema, enum: values }, range);
  if (values.length === 1) {
    const only = values[0] ?? '';
    return {
      code: 'OBS2004',
      message: `expected \`${only}\`, found ${finding(path, node)}`,
      range,
      help: `write ${only}`,
      fix: { range, text: only },
    };
  }
  const written = node.text.value;
  if (typeof node.value !== 'string' && values.includes(written))
    return {
      code: 'OBS2003',
      message: `expected a text, found the number \`${written}\``,
      range,
      help: `put it in quotes: "${written}"`,
      fix: { range, text: `"${written}"` },
    };
  const meant = nearest(written, values);
  const all = `possible values: ${values.join(', ')}`;
  const message =
    values.length <= listed
      ? `${shown(path, node)} is none of ${alternatives(values, 'and')}`
      : `${shown(path, node)} is none of the ${values.length} possible values`;
  const fix = meant === undefined ? undefined : { range, text: asText(meant) };
  const help =
    meant === undefined
      ? values.length <= listed
        ? 'write one of them'
        : all
      : `did you mean \`${meant}\`?`;
  return { code: 'OBS2004', message, range, help, fix };
}

function version(node: LocatedScalar, range: Range): Description {
  const { instead, ...said } = versionFault(node);
  return {
    code: 'OBS2011',
    range,
    ...said,
    ...(instead === undefined ? {} : { fix: { range, text: instead } }),
  };
}

const boundWords: Readonly<Record<string, string>> = {
  minimum: 'at least',
  maximum: 'at most',
  exclusiveMinimum: 'more than',
  exclusiveMaximum: 'less than',
};

function bound(
  path: Path,
  node: Located | undefined,
  violation: Violation,
  schema: SchemaNode,
  range: Range,
): Description {
  const { keyword, params } = violation;
  const limit = String(params['limit']);
  const found = node?.kind === 'scalar' ? shown(path, node) : 'another value';
  return {
    code: 'OBS2006',
    message: `expected ${boundWords[keyword] ?? 'within'} ${limit}, found ${found}`,
    range,
    help: boundsInWords(schema),
  };
}

/** Bounds beyond this are there to keep arithmetic exact, and tell a reader nothing. */
const meaningful = 1e12;

function boundsInWords(schema: SchemaNode): string | undefined {
  const bounds = (['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const).flatMap(
    (keyword) => {
      const limit = schema[keyword];
      return limit === undefined || Math.abs(limit) > meaningful
        ? []
        : [`${boundWords[keyword] ?? ''} ${limit}`];
    },
  );
  const what = schema.type === 'integer' ? 'a whole number' : 'a number';
  return bounds.length === 0 ? undefined : `write ${what}, ${bounds.join(' and ')}`;
}

function repeated(root: LocatedMap, { path, params }: Violation): Description {
  const positions = [Number(params['i']), Number(params['j'])].sort((a, b) => a - b);
  const [first = 0, second = 0] = positions;
  const node = locate(root, [...path, second]);
  const range = rangeAt(root, [...path, second]);
  const what =
    node?.kind === 'scalar'
      ? `${shown(path, node)} stands twice in this list`
      : 'the same item stands twice in this list';
  const related = [{ range: rangeAt(root, [...path, first]), message: 'it stands here first' }];
  return { code: 'OBS2009', message: what, range, related, help: 'remove one of the two' };
}
