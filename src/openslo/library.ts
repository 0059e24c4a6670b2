import { readVersions } from './annotations.js';
import type { Item } from './document.js';
import type { Note } from './notes.js';

const kinds = [
  'SLO',
  'SLI',
  'DataSource',
  'Service',
  'AlertPolicy',
  'AlertCondition',
  'AlertNotificationTarget',
] as const;
export type Kind = (typeof kinds)[number];

const isKind = (kind: string | undefined): kind is Kind => kinds.some((each) => each === kind);

/** The documents of all files by kind and name, so that references between them lead somewhere. */
export class Library {
  readonly notes: Note[] = [];
  readonly #documents = new Map<Kind, Map<string, Item>>();

  constructor(items: readonly Item[]) {
    for (const item of items) this.#add(item);
  }

  note(kind: Note['kind'], item: Item, message: string): void {
    this.notes.push({ kind, where: item.where, message });
  }

  #add(item: Item): void {
    const version = item.get('apiVersion');
    if (version?.text === undefined || !/^openslo(?:\.com)?\//.test(version.text)) {
      this.note(
        'error',
        version ?? item,
        'this is no OpenSLO document: they begin with apiVersion: openslo/v1',
      );
      return;
    }
    if (!readVersions.includes(version.text)) {
      this.note('error', version, `${version.text} cannot be read, only openslo/v1`);
      return;
    }
    const kind = item.get('kind');
    if (!isKind(kind?.text)) {
      this.note('error', kind ?? item, `the kind is none of ${kinds.join(', ')}`);
      return;
    }
    const name = item.get('metadata', 'name')?.text;
    if (name === undefined) {
      this.note('error', item.get('metadata') ?? item, 'it has no metadata.name');
      return;
    }
    const known = this.#documents.get(kind.text) ?? new Map<string, Item>();
    if (known.has(name)) this.note('error', item, `there is another ${kind.text} ${name}`);
    else known.set(name, item);
    this.#documents.set(kind.text, known);
  }

  all(kind: Kind): readonly Item[] {
    return [...(this.#documents.get(kind)?.values() ?? [])];
  }

  /** The document that a reference names; where there is none, that is noted. */
  refer(kind: Kind, reference: Item): Item | undefined {
    const found = this.#documents.get(kind)?.get(reference.text ?? '');
    if (found === undefined)
      this.note('error', reference, `there is no ${kind} ${reference.text ?? ''} in these files`);
    return found;
  }
}
