import { Document, Pair, Scalar, YAMLMap, YAMLSeq, type ScalarTag, type Tags } from 'yaml';
import { assertPrintable, entriesOf } from './json.js';

/**
 * Characters that may not stand in YAML as themselves: controls, the line ends that only YAML 1.1 knows (next line, line and paragraph
 * separator), the byte order mark and the two non-characters.
 */
// eslint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const unprintables = new RegExp(unprintable, 'g');

/** Words that some reader of YAML 1.1 takes for a boolean, a null or a number. */
const words = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null', 'nan', 'inf']);

/** Plain text that every reader takes for a string: it begins like a word, or is a Prometheus duration. */
function isPlain(text: string): boolean {
  if (/^(?:[0-9]+(?:ms|[smhdwy]))+$/.test(text)) return true;
  return (
    /^[A-Za-z_/($]/.test(text) &&
    !/[\n\t]|: |:$| #| $/.test(text) &&
    !unprintable.test(text) &&
    !words.has(text.toLowerCase())
  );
}

/** Several lines that a literal block shows as they are: nothing invisible at the start or the end of a line. */
function isBlock(text: string): boolean {
  return /\n[^\n]/.test(text) && !unprintable.test(text) && !/^\s|[ \t]\n|[ \t]$|\n\n$|\t/.test(text);
}

function block(text: string, outer: string): string {
  const indent = outer === '' ? '  ' : outer;
  const lines = text.replace(/\n$/, '').split('\n');
  const chomp = text.endsWith('\n') ? '' : '-';
  return `|${chomp}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}

function quoted(text: string): string {
  if (/["\\]/.test(text) && !/['\n\t]/.test(text) && !unprintable.test(text)) return `'${text}'`;
  return JSON.stringify(text).replace(
    unprintables,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Strings are ours to quote: the package's own choice holds for one version of YAML at a time. */
const strings: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: (value) => typeof value === 'string',
  resolve: (value) => value,
  stringify(item, context) {
    const text = item.value as string;
    if (isPlain(text)) return text;
    if (context.implicitKey !== true && isBlock(text)) return block(text, context.indent);
    return quoted(text);
  },
};

/** The tags of a document whose strings are quoted as everywhere here. */
export function yamlTags(tags: Tags): Tags {
  return [strings, ...tags.filter((tag) => typeof tag === 'string' || tag.tag !== strings.tag)];
}

/** Every occurrence of a value becomes a node of its own, so that there is nothing to make an anchor for. */
function nodeOf(value: unknown): Scalar | YAMLMap | YAMLSeq {
  if (typeof value !== 'object' || value === null) return new Scalar(value);
  if (Array.isArray(value)) {
    const sequence = new YAMLSeq();
    sequence.items = (value as unknown[]).map(nodeOf);
    return sequence;
  }
  const map = new YAMLMap();
  map.items = entriesOf(value).map(([key, item]) => new Pair(new Scalar(key), nodeOf(item)));
  return map;
}

function commentLines(header: string): string {
  const lines = header.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
  return lines.map((line) => `# ${line.replace(unprintables, ' ')}`.trimEnd()).join('\n');
}

/**
 * YAML that says the same to readers of YAML 1.2 and 1.1 (Go's): block style, two spaces, LF, lines never folded, no anchors. Maps are
 * written as maps, keys in the order given.
 * @param header comment above the document; it may hold several lines
 * @throws where a number is not finite or a string holds a lone surrogate: a bug of ours
 */
export function printYaml(value: unknown, header?: string): string {
  assertPrintable(value);
  const document = new Document(nodeOf(value), { customTags: yamlTags });
  const body = document.toString({ lineWidth: 0, indent: 2 });
  return header === undefined ? body : `${commentLines(header)}\n${body}`;
}
