import { parser } from '@grafana/lezer-logql';
import { partialMatch } from '../../../promql/evaluate/regex.js';
import type { SampleLine } from '../found.js';
import { Tree, unquoted } from './tree.js';
import { both, compared, either, matching, not, type Truth } from './truth.js';

type Fields = ReadonlyMap<string, string | number>;

/** Labels that every stream has; of others of a selector nothing is known. */
const ofStreams: ReadonlySet<string> = new Set(['service_name', 'level', 'detected_level']);

/** The labels that `| json` makes of a line. */
function fieldsOf({ level, fields }: SampleLine): Fields {
  const found = new Map<string, string | number>();
  for (const [name, value] of Object.entries(fields)) {
    const text = typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
    found.set(name.replace(/\W/g, '_'), text);
  }
  found.set('service_name', found.get('service') ?? '');
  return found.set('level', level).set('detected_level', level);
}

/** A line as it was written: one object. */
function written({ time, level, fields }: SampleLine): string {
  return JSON.stringify({ time: new Date(time).toISOString(), level, ...fields });
}

function matched({ parts }: Tree, fields: Fields): Truth {
  const [label, operator, value] = parts;
  if (label === undefined || operator === undefined || value === undefined) return undefined;
  return compared(String(fields.get(label.text) ?? ''), operator.text, unquoted(value.text));
}

function counted({ parts }: Tree, fields: Fields): Truth {
  const [label, operator, value] = parts;
  if (label === undefined || operator === undefined || value === undefined) return undefined;
  const field = fields.get(label.text);
  return field === undefined ? false : compared(Number(field), operator.text, Number(value.text));
}

function labelled(filter: Tree, fields: Fields): Truth {
  if (filter.isBroken) return undefined;
  const [first, second, third] = filter.parts;
  if (first === undefined) return undefined;
  if (first.name === 'Matcher') return matched(first, fields);
  if (first.name === 'NumberFilter') return counted(first, fields);
  if (first.name !== 'LabelFilter') return undefined;
  const left = labelled(first, fields);
  if (second === undefined) return left;
  // A comma, which has no node, says `and`.
  if (third === undefined) return both(left, labelled(second, fields));
  return second.name === 'Or' ? either(left, labelled(third, fields)) : both(left, labelled(third, fields));
}

function contained(filter: Tree, line: string): Truth {
  const operator = filter.parts[0]?.text ?? '';
  const holds = filter
    .named('String')
    .map(({ text }) => unquoted(text))
    .map((words) => (operator.endsWith('~') ? matching(words, line, partialMatch) : line.includes(words)))
    .reduce(either, false);
  if (operator === '|=' || operator === '|~') return holds;
  return operator === '!=' || operator === '!~' ? not(holds) : undefined;
}

/**
 * Which lines a LogQL query asks for: by the labels of their stream, by fields and by words. What is not understood excludes nothing.
 * Fields count as read wherever they are asked for.
 */
export function logFilter(query: string): (line: SampleLine) => boolean {
  const tree = new Tree(parser.parse(query).topNode, query);
  const streams = tree
    .named('Selector')
    .flatMap((each) => each.named('Matcher'))
    .filter(({ parts }) => ofStreams.has(parts[0]?.text ?? ''));
  const stages = tree.named('PipelineStage');
  const filters = stages.flatMap((each) => each.named('LabelFilter'));
  const words = stages.flatMap((each) => each.named('LineFilter'));
  return (line) => {
    const fields = fieldsOf(line);
    const text = written(line);
    return (
      streams.every((each) => matched(each, fields) !== false) &&
      filters.every((each) => labelled(each, fields) !== false) &&
      words.every((each) => contained(each, text) !== false)
    );
  };
}
