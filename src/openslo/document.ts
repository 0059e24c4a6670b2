import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node } from 'yaml';
import type { SourceFile } from '../diagnostics/source-file.js';
import type { Note } from './notes.js';

/** A value of a document, with its place: absent keys and nulls are the same. */
export class Item {
  readonly #node: Node;
  readonly #document: Document;
  readonly #source: SourceFile;

  constructor(node: Node, document: Document, source: SourceFile) {
    this.#node = node;
    this.#document = document;
    this.#source = source;
  }

  /** `slo.yaml:12:7`. */
  get where(): string {
    const { line, column } = this.#source.position(this.#node.range?.[0] ?? 0);
    return `${this.#source.path}:${line}:${column}`;
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  #child(node: unknown): Item | undefined {
    const found = isAlias(node) ? node.resolve(this.#document) : node;
    if (!isMap(found) && !isSeq(found) && !isScalar(found)) return undefined;
    return isScalar(found) && found.value === null
      ? undefined
      : new Item(found, this.#document, this.#source);
  }

  /** The value of a key, or of a key below it, and so on. */
  get(...keys: readonly string[]): Item | undefined {
    const [key, ...below] = keys;
    if (key === undefined) return this;
    if (!isMap(this.#node)) return undefined;
    const pair = this.#node.items.find((each) => isScalar(each.key) && each.key.value === key);
    return this.#child(pair?.value)?.get(...below);
  }

  /** The keys of a map, without those that hold nothing. */
  get keys(): readonly string[] {
    if (!isMap(this.#node)) return [];
    const keys = this.#node.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''));
    return keys.filter((key) => this.get(key) !== undefined);
  }

  /** The items of a list; none for anything else. */
  get items(): readonly Item[] {
    if (!isSeq(this.#node)) return [];
    return this.#node.items.flatMap((each) => this.#child(each) ?? []);
  }

  /** Text, or a number or a boolean as it is written. */
  get text(): string | undefined {
    if (!isScalar(this.#node)) return undefined;
    const { value, source } = this.#node;
    return typeof value === 'string' ? value : (source ?? String(value));
  }

  /** The digits of a number. */
  get digits(): string | undefined {
    return isScalar(this.#node) && typeof this.#node.value === 'number' ? this.text : undefined;
  }

  get flag(): boolean | undefined {
    return isScalar(this.#node) && typeof this.#node.value === 'boolean' ? this.#node.value : undefined;
  }
}

/** The documents of a file; lists of documents count as their items. */
export function documentsOf(source: SourceFile): {
  readonly items: readonly Item[];
  readonly notes: readonly Note[];
} {
  const notes: Note[] = [];
  const items: Item[] = [];
  const documents = parseAllDocuments(source.text, { logLevel: 'silent' });
  for (const document of Array.isArray(documents) ? documents : []) {
    const [fault] = document.errors;
    if (fault !== undefined) {
      const { line, column } = source.position(fault.pos[0]);
      const [message = ''] = fault.message.split(/ at line \d+|\n/);
      notes.push({
        kind: 'error',
        where: `${source.path}:${line}:${column}`,
        message: `no YAML: ${message}`,
      });
      continue;
    }
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) continue;
    const root = new Item(contents, document, source);
    items.push(...(isSeq(contents) ? root.items : [root]));
  }
  if (items.length === 0 && notes.length === 0)
    notes.push({ kind: 'error', where: `${source.path}:1:1`, message: 'there is nothing in it' });
  return { items, notes };
}
