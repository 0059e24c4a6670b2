/**
 * Writes docs/language.md from the JSON Schema of the language: `npm run generate:docs`. Examples come from the schema, else from this
 * repository's own spec and the presets. test/docs/generated.test.ts fails where the file is stale.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Longest example, as YAML on one line. */
const longestExample = 90;

/** Objects of the schema that are described where they are used have a heading of their own only where several keys use them. */
const isObject = (node) => node.properties !== undefined;
const isMap = (node) =>
  node.properties === undefined &&
  typeof node.additionalProperties === 'object' &&
  node.additionalProperties !== null;

const nameOf = (reference) => reference.slice('#/$defs/'.length);
const anchorOf = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
const quoted = (value) => `\`${value}\``;
const inCell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const titleOf = (name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** A value as YAML on one line. */
export function inline(value) {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const pairs = Object.entries(value).map(([key, each]) => `${key}: ${inline(each)}`);
    return `{ ${pairs.join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  const isPlain =
    /^[A-Za-z_/][\w ./:@+-]*$/.test(value) && !/: |^(?:true|false|null|yes|no|on|off)$/i.test(value);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) || /^(?:\d+(?:ms|[smhdwy]))+$/.test(value);
  return isPlain || isDay ? value : `'${value.replaceAll("'", "''")}'`;
}

/** Limits against hostile input, which nobody meets, say nothing. */
const tells = (value) => value !== undefined && Math.abs(value) < 1e15;

function bounds(node) {
  const least = node.exclusiveMinimum === undefined ? node.minimum : undefined;
  const most = node.maximum;
  if (node.exclusiveMinimum !== undefined) {
    return tells(most)
      ? `, above ${node.exclusiveMinimum}, at most ${most}`
      : `, above ${node.exclusiveMinimum}`;
  }
  if (tells(least) && tells(most)) return `, ${least} to ${most}`;
  if (tells(least)) return `, ${least} or more`;
  return tells(most) ? `, at most ${most}` : '';
}

/** Reads the schema and the specs once; `document()` is the text. */
export class LanguageDoc {
  #schema;
  #examples = new Map();
  #done = new Set();
  #waiting = [];
  #later = new Set();
  /** Definitions that a section describes under its own heading. */
  #headings = new Map();

  constructor(schemaText, specTexts) {
    this.#schema = JSON.parse(schemaText);
    for (const text of specTexts) this.#collect(this.#schema, parse(text));
    for (const [key, node] of Object.entries(this.#schema.properties)) {
      const entry = this.#entryOf(node);
      if (entry !== undefined) this.#headings.set(nameOf(entry.$ref), key);
    }
  }

  /** The definition that a section is about: what it refers to, or what its entries or items refer to. */
  #entryOf(node) {
    const candidates = [node, isMap(node) ? node.additionalProperties : undefined, node.items];
    return candidates.find((each) => each?.$ref !== undefined && this.#isStructured(each));
  }

  #resolve(node) {
    let resolved = node;
    while (resolved.$ref !== undefined) resolved = this.#schema.$defs[nameOf(resolved.$ref)];
    return resolved;
  }

  /** Notes the first value that a spec has for each key. */
  #collect(node, value) {
    if (value === undefined || value === null) return;
    if (!this.#examples.has(node)) this.#examples.set(node, value);
    const resolved = this.#resolve(node);
    for (const branch of resolved.oneOf ?? []) {
      if (branch.required !== undefined && branch.properties === undefined) continue;
      const isList = Array.isArray(value);
      const fits =
        branch.properties === undefined
          ? (this.#resolve(branch).type === 'array') === isList && typeof value !== 'object'
          : !isList &&
            typeof value === 'object' &&
            Object.keys(value).every((key) => key in branch.properties);
      if (fits) this.#collect(branch, value);
    }
    if (Array.isArray(value)) {
      if (resolved.items !== undefined) for (const each of value) this.#collect(resolved.items, each);
      return;
    }
    if (typeof value !== 'object') return;
    for (const [key, each] of Object.entries(value)) {
      const child =
        resolved.properties?.[key] ?? (isMap(resolved) ? resolved.additionalProperties : undefined);
      if (child !== undefined && child !== false) this.#collect(child, each);
    }
  }

  /** What the schema says of a node and of what it refers to; the node's own words win. */
  #fact(node, name) {
    if (node[name] !== undefined) return node[name];
    return node.$ref === undefined ? undefined : this.#fact(this.#schema.$defs[nameOf(node.$ref)], name);
  }

  #isStructured(node) {
    const resolved = this.#resolve(node);
    return isObject(resolved) || (resolved.oneOf ?? []).some((branch) => isObject(this.#resolve(branch)));
  }

  #type(node) {
    if (node.$ref !== undefined) {
      const name = nameOf(node.$ref);
      const heading = this.#headings.get(name) ?? titleOf(name);
      if (!this.#headings.has(name)) this.#waiting.push(name);
      return `[${heading}](#${anchorOf(heading)})`;
    }
    if (node.const !== undefined) return quoted(node.const);
    if (node.enum !== undefined) return node.enum.map((each) => quoted(each)).join(', ');
    if (node.oneOf !== undefined && node.properties === undefined)
      return [...new Set(node.oneOf.map((branch) => this.#type(branch)))].join('; or ');
    const type = [node.type].flat().find((each) => each !== 'null');
    if (type === 'array') return `list of ${this.#type(node.items)}`;
    if (isMap(node)) return `map of ${this.#type(node.additionalProperties)}`;
    if (type === 'object') return 'object';
    if (type === 'string') return 'text';
    return `${type}${bounds(node)}`;
  }

  /** A short value that a key may have: the schema's example, what a spec has there, its default, or what its type says. */
  #value(node) {
    const resolved = this.#resolve(node);
    const items = resolved.items === undefined ? undefined : this.#resolve(resolved.items);
    const candidates = [
      node.examples?.[0],
      this.#examples.get(node),
      this.#fact(node, 'default'),
      this.#fact(node, 'examples')?.[0],
      this.#fact(node, 'const'),
      this.#fact(node, 'enum')?.[0],
      resolved.type === 'boolean' ? true : undefined,
      items?.examples === undefined ? undefined : [items.examples[0]],
      items?.enum === undefined ? undefined : [items.enum[0]],
      tells(resolved.minimum) ? resolved.minimum : undefined,
      this.#composed(resolved),
    ];
    return candidates.find((value) => {
      if (value === undefined) return false;
      if (value === node.examples?.[0]) return true;
      const text = inline(value);
      return text.length <= longestExample && !/^(?:\[\]|\{ {2}\})$/.test(text);
    });
  }

  #example(node) {
    const value = this.#value(node);
    return value === undefined ? '' : quoted(inline(value));
  }

  /** An example of an object, made of those of its keys: what it needs, else its first key. */
  #composed(node) {
    if (isMap(node)) {
      const value = this.#value(node.additionalProperties);
      const name = node.propertyNames === undefined ? undefined : this.#value(node.propertyNames);
      return value === undefined || name === undefined ? undefined : { [name]: value };
    }
    if (!isObject(node)) return undefined;
    const keys = node.required ?? node.oneOf?.[0]?.required ?? Object.keys(node.properties).slice(0, 1);
    const pairs = keys.map((key) => [key, this.#value(node.properties[key])]);
    return pairs.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(pairs);
  }

  /** The rows of an object's keys; keys of objects without a heading of their own follow theirs. */
  #rows(node, prefix) {
    return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
      const path = `${prefix}${key}`;
      const isNeeded = node.required?.includes(key) === true;
      const value = this.#fact(child, 'default');
      const description = this.#fact(child, 'description') ?? '';
      const row = [
        `${quoted(path)}${isNeeded ? ' (needed)' : ''}`,
        this.#type(child),
        value === undefined ? '' : quoted(inline(value)),
        description,
        this.#example(child),
      ];
      return [`| ${row.map(inCell).join(' | ')} |`, ...this.#below(child, path)];
    });
  }

  #below(node, path) {
    if (node.$ref !== undefined) return [];
    if (isObject(node)) return this.#rows(node, `${path}.`);
    if (node.oneOf !== undefined) return node.oneOf.flatMap((branch) => this.#below(branch, path));
    if (node.items !== undefined) return this.#below(node.items, `${path}[]`);
    if (isMap(node)) return this.#below(node.additionalProperties, `${path}.NAME`);
    return [];
  }

  /** Which keys exclude each other. */
  #choices(node, path = '') {
    const lines = [];
    const groups = [node.oneOf, node.anyOf].filter((each) => each !== undefined);
    for (const group of groups) {
      const names = group.filter(
        (branch) => branch.properties === undefined && branch.required !== undefined,
      );
      if (names.length !== group.length) continue;
      const keys = names.map((branch) =>
        branch.required.map((key) => quoted(`${path}${key}`)).join(' with '),
      );
      lines.push(`${group === node.oneOf ? 'Exactly' : 'At least'} one of ${keys.join(', ')} is given.`);
    }
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      if (child.$ref === undefined && isObject(child)) lines.push(...this.#choices(child, `${path}${key}.`));
    }
    return lines;
  }

  #table(node) {
    const rows = isObject(node)
      ? this.#rows(node, '')
      : (node.oneOf ?? [])
          .flatMap((branch) => this.#below(branch, ''))
          .map((row) => row.replace('| `.', '| `'));
    if (rows.length === 0) return '';
    const choices = this.#choices(node).map((line) => `\n${line}\n`);
    return `\n| key | type | default | what it says | example |\n|---|---|---|---|---|\n${rows.join('\n')}\n${choices.join('')}`;
  }

  #definition(name) {
    const node = this.#schema.$defs[name];
    const isScalar = !this.#isStructured(node);
    const forms = node.oneOf?.filter((branch) => branch.description !== undefined) ?? [];
    const lines = [`### ${titleOf(name)}\n\n${node.description}\n`];
    if (isScalar) {
      const example = this.#example(node);
      const limits = node.maxLength === undefined ? '' : `, at most ${node.maxLength} characters`;
      const form = node.pattern === undefined ? '' : `, of the form \`${node.pattern.replaceAll('`', '')}\``;
      lines.push(
        `\nType: ${this.#type(node)}${limits}${form}.${example === '' ? '' : ` Example: ${example}.`}\n`,
      );
    } else if (forms.length > 0 && node.properties === undefined) {
      lines.push('\n', ...forms.map((form) => `- ${this.#type(form)}: ${form.description}\n`));
    }
    lines.push(this.#table(node));
    return lines.join('');
  }

  /** What a section needs, each once, in the order in which it is met; scalars stand at the end. */
  #definitions(isWanted) {
    const texts = [];
    for (let name = this.#waiting.shift(); name !== undefined; name = this.#waiting.shift()) {
      if (this.#done.has(name)) continue;
      if (!isWanted(name)) {
        this.#later.add(name);
        continue;
      }
      this.#done.add(name);
      texts.push(this.#definition(name));
    }
    return texts.join('\n');
  }

  #section(key, node) {
    const isNeeded = this.#schema.required.includes(key);
    const lines = [`## ${key}\n\n${this.#fact(node, 'description')}${isNeeded ? ' Needed.' : ''}\n`];
    const entry = this.#entryOf(node);
    if (entry === undefined) {
      const type = this.#type(node).replace(/^./, (letter) => letter.toUpperCase());
      const example = this.#example(node);
      lines.push(`\n${type}.${example === '' ? '' : ` Example: \`${key}: ${example.slice(1)}.`}\n`);
    } else {
      const resolved = this.#resolve(entry);
      this.#done.add(nameOf(entry.$ref));
      if (entry !== node) {
        const form = isMap(node) ? 'A map from names to objects' : 'A list of objects';
        lines.push(`\n${form} with these keys. ${resolved.description}\n`);
      }
      lines.push(this.#table(resolved));
    }
    lines.push(
      '\n',
      this.#definitions((each) => this.#isStructured({ $ref: `#/$defs/${each}` })),
    );
    return lines.join('');
  }

  document() {
    const keys = Object.entries(this.#schema.properties);
    const sections = keys.map(([key, node]) => this.#section(key, node));
    this.#waiting.push(...this.#later);
    const types = this.#definitions(() => true);
    const contents = keys.map(([key]) => `[${key}](#${anchorOf(key)})`).join(', ');
    const text = `# The language: every key of observability.yaml

Written by \`npm run generate:docs\` from \`schemas/observability.v1.schema.json\`; do not edit.

${this.#schema.description} Anything that is not in this page is an error at its place. [observability.yaml](../observability.yaml) is a
whole, commented spec; [editors.md](editors.md) has editors complete and explain all of this.

A key that is marked (needed) has to be there where its object is. \`NAME\` stands for a name that the spec chooses, \`[]\` for the items of a
list. A default is what holds where the key is left out; where the column is empty, nothing does, or what the description says. In the
sections below, \`null\` in the place of an entry that a preset brings takes the entry out.

Keys: ${contents}. Forms of texts stand under [texts](#texts).

${sections.join('\n')}
## texts

${types}`;
    return `${text.replaceAll(/\n{3,}/g, '\n\n').trimEnd()}\n`;
  }
}

/** The text of docs/language.md for the repository at `root`. */
export function languageDoc(root) {
  const presets = readdirSync(join(root, 'presets'))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const specs = ['observability.yaml', ...presets.map((name) => `presets/${name}`)];
  const read = (path) => readFileSync(join(root, path), 'utf8');
  return new LanguageDoc(read('schemas/observability.v1.schema.json'), specs.map(read)).document();
}
