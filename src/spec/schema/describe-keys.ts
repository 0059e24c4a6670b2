import type { Range } from '../../diagnostics/diagnostic.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import type { Description, Subject } from './describe.js';
import { exampleOf } from './examples.js';
import { type Path, locate, locateKey } from '../located.js';
import { patternWords } from './pattern-words.js';
import { type Plain, isObject } from '../plain.js';
import { alternatives, lowerFirst, quoted } from '../quote.js';
import {
  type SchemaNode,
  admits,
  childOf,
  childSchema,
  dereferenced,
  exclusiveKeys,
  schemaAt,
} from './schema.js';
import { showsSecret } from '../secrets.js';
import { keyRange } from './show.js';
import type { Violation } from './validator.js';
import { valueAt } from './faults.js';

/** Faults of keys: unknown, missing, excluding each other, malformed. */
export function describeKeyFault(subject: Subject, violation: Violation): Description {
  const { path, params, keyword } = violation;
  const schema = schemaAt(subject.plain, path) ?? {};
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(subject, [...path, String(params['additionalProperty'])], schema);
    case 'required':
      return missingKey(subject, path, String(params['missingProperty']), schema);
    case 'propertyNames':
      return malformedName(subject, [...path, String(params['propertyName'])], schema);
    default:
      return exclusion(subject, path, schema);
  }
}

/** Below this length a word is close to many others: the value has to fit too. */
const telling = 5;

/**
 * The known key that an unknown one was most likely meant as.
 * @param value what stands behind it
 */
export function meantKey(key: string, schema: SchemaNode, value: Plain | undefined): string | undefined {
  const known = Object.keys(schema.properties ?? {});
  const meant = nearest(key, known);
  if (meant !== undefined) {
    const fits = value === undefined || admits(childSchema(schema, meant) ?? {}, value);
    return fits || key.length >= telling ? meant : undefined;
  }
  // `b:1` in a flow map is a key of three characters.
  const beforeColon = key.includes(':') ? key.slice(0, key.indexOf(':')) : '';
  return known.includes(beforeColon) ? beforeColon : undefined;
}

function keyText(subject: Subject, path: Path): string {
  const key = locateKey(subject.root, path);
  if (key === undefined) return quoted(String(path.at(-1)));
  return showsSecret(key.range) ? '(hidden)' : quoted(key.value);
}

function unknownKey(subject: Subject, path: Path, schema: SchemaNode): Description {
  const range = keyRange(subject.root, path);
  const key = String(path.at(-1));
  const message = `unknown key ${keyText(subject, path)}`;
  const known = Object.keys(schema.properties ?? {});
  const parent = valueAt(subject.plain, path.slice(0, -1));
  const meant = meantKey(key, schema, childOf(parent, key));
  const [, before, behind] = /^([^:]+):(.+)$/.exec(key) ?? [];
  if (before !== undefined && behind !== undefined) {
    const text = `${before}: ${behind}`;
    return {
      code: 'OBS2001',
      message,
      range,
      help: `put a space behind the colon: ${text}`,
      fix: { range, text },
    };
  }
  if (meant === undefined) {
    const help = known.length === 0 ? 'remove it' : `the keys here are ${alternatives(known, 'and')}`;
    if (isRestOfText(range)) return { code: 'OBS2001', message, range, help: restOfText };
    return { code: 'OBS2001', message, range, help };
  }
  const isTaken = isObject(parent) && Object.hasOwn(parent, meant);
  const help = isTaken
    ? `\`${meant}\` stands here already; remove one of the two`
    : `did you mean \`${meant}\`?`;
  return { code: 'OBS2001', message, range, help, fix: isTaken ? undefined : { range, text: meant } };
}

const restOfText = 'a comma ends a text inside { }: put quotes around the text that this belongs to';

/** Whether a key of several words stands behind a comma on its line: most likely the end of a text without quotes. */
function isRestOfText({ source, start, end }: Range): boolean {
  return (
    /,[ \t]*$/.test(source.text.slice(Math.max(0, start - 80), start)) &&
    source.text.slice(start, end).includes(' ')
  );
}

/** `metrics.x_total`, in the words of the file, or `the spec` for the root. */
function placeName({ root }: Subject, path: Path): string {
  if (path.length === 0) return 'the spec';
  const steps = path.map((step, index) => {
    if (typeof step === 'number') return `[${step}]`;
    const key = locateKey(root, path.slice(0, index + 1));
    return `${index === 0 ? '' : '.'}${key !== undefined && showsSecret(key.range) ? '(hidden)' : (key?.value ?? step)}`;
  });
  return quoted(steps.join(''));
}

function missingKey(subject: Subject, path: Path, key: string, schema: SchemaNode): Description {
  const child = dereferenced(schema.properties?.[key] ?? {});
  const example = exampleOf(child);
  const write = example === undefined ? `add \`${key}\`` : `add \`${key}: ${example}\``;
  const description =
    child.description === undefined ? '' : ` (${lowerFirst(child.description).replace(/\.$/, '')})`;
  return {
    code: 'OBS2002',
    message: `${placeName(subject, path)} has no \`${key}\``,
    range: keyRange(subject.root, path),
    help: `${write}${description}`,
  };
}

function exclusion(subject: Subject, path: Path, schema: SchemaNode): Description {
  const keys = exclusiveKeys(schema);
  const value: Plain | undefined = valueAt(subject.plain, path);
  const present = isObject(value) ? keys.filter((key) => Object.hasOwn(value, key)) : [];
  if (present.length === 0)
    return {
      code: 'OBS2005',
      message: `${placeName(subject, path)} has none of ${alternatives(keys, 'and')}`,
      range: keyRange(subject.root, path),
      help: 'add exactly one of them',
    };
  const ranges = present
    .flatMap((key) => locateKey(subject.root, [...path, key])?.range ?? [])
    .sort((a, b) => a.start - b.start);
  const [first, second] = ranges;
  return {
    code: 'OBS2005',
    message: `${alternatives(present, 'and')} exclude each other`,
    range: second ?? keyRange(subject.root, path),
    related: first === undefined ? [] : [{ range: first, message: 'the first of them' }],
    help: `keep exactly one of ${alternatives(keys, 'and')}`,
  };
}

function malformedName(subject: Subject, path: Path, schema: SchemaNode): Description {
  const names = dereferenced(schema.propertyNames ?? {});
  const name = String(path.at(-1));
  const range = keyRange(subject.root, path);
  const what = keyText(subject, path);
  if (name === '') return { code: 'OBS2010', message: 'a name is empty', range, help: 'give it a name' };
  if (names.maxLength !== undefined && name.length > names.maxLength)
    return {
      code: 'OBS2010',
      message: `${what} has ${name.length} characters, the most is ${names.maxLength}`,
      range,
      help: 'shorten it',
    };
  const words = patternWords.get(names.pattern ?? '');
  const node = locate(subject.root, path);
  const rule = words?.rule ?? names.description ?? 'it is malformed';
  return {
    code: 'OBS2010',
    message: `${what} is not ${words?.noun ?? 'a name'}`,
    range: locateKey(subject.root, path)?.range ?? node?.range ?? range,
    help: rule,
  };
}
