import type { Range } from '../../diagnostics/diagnostic.js';
import type { Description } from './describe.js';
import { suggestedDuration } from '../../promql/written-duration.js';
import type { Located, Path } from '../located.js';
import { patternWords } from './pattern-words.js';
import { alternatives } from '../quote.js';
import type { SchemaNode } from './schema.js';
import { shown } from './show.js';
import type { Violation } from './validator.js';

const units: Readonly<Record<string, string>> = {
  minLength: 'character',
  maxLength: 'character',
  minItems: 'item',
  maxItems: 'item',
  minProperties: 'key',
  maxProperties: 'key',
};

/** Faults of texts and of lengths. */
export function describeText(
  violation: Violation,
  path: Path,
  node: Located | undefined,
  schema: SchemaNode,
  range: Range,
): Description {
  const { keyword, params, owner } = violation;
  if (keyword === 'pattern') return malformed(path, node, owner, range);
  const limit = Number(params['limit']);
  const unit = `${units[keyword] ?? 'part'}${limit === 1 ? '' : 's'}`;
  const isLeast = keyword.startsWith('min');
  if (isLeast && limit === 1 && (keyword === 'minLength' || length(node) === 0)) {
    const what =
      keyword === 'minLength' ? 'an empty text' : keyword === 'minItems' ? 'an empty list' : 'an empty map';
    return {
      code: 'OBS2008',
      message: `expected at least one ${units[keyword] ?? 'part'}, found ${what}`,
      range,
      help: emptyHelp(keyword, schema),
    };
  }
  return {
    code: 'OBS2008',
    message: `expected at ${isLeast ? 'least' : 'most'} ${limit} ${unit}, found ${length(node)}`,
    range,
    help: isLeast ? undefined : 'shorten it',
  };
}

function emptyHelp(keyword: string, schema: SchemaNode): string {
  if (keyword === 'minProperties' && schema.properties !== undefined)
    return `add one or more of ${alternatives(Object.keys(schema.properties), 'and')}`;
  return 'fill it, or remove the key';
}

function length(node: Located | undefined): number {
  if (node?.kind === 'map') return node.entries.size;
  if (node?.kind === 'sequence') return node.items.length;
  return node === undefined ? 0 : Array.from(node.text.value).length;
}

function malformed(path: Path, node: Located | undefined, owner: SchemaNode, range: Range): Description {
  const words = patternWords.get(owner.pattern ?? '');
  const isEmpty = node?.kind === 'scalar' && node.value === '';
  const found = isEmpty ? 'an empty text' : node?.kind === 'scalar' ? shown(path, node) : 'this';
  const message = words === undefined ? `${found} is malformed` : `${found} is not ${words.noun}`;
  const rule = words?.rule ?? owner.description ?? 'see the schema';
  const written = node?.kind === 'scalar' ? String(node.value) : '';
  const suggestion = words?.noun === 'a duration' ? suggestedDuration(written) : undefined;
  if (suggestion === undefined) return { code: 'OBS2007', message, range, help: rule };
  return { code: 'OBS2007', message, range, help: `write ${suggestion}`, fix: { range, text: suggestion } };
}
