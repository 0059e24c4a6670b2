import type { SyntaxNode } from '@lezer/common';

/** A node of the syntax of a query, with its text. */
export class Tree {
  readonly #node: SyntaxNode;
  readonly #query: string;

  constructor(node: SyntaxNode, query: string) {
    this.#node = node;
    this.#query = query;
  }

  get name(): string {
    return this.#node.name;
  }

  get text(): string {
    return this.#query.slice(this.#node.from, this.#node.to);
  }

  /** What it consists of. Punctuation has no nodes. */
  get parts(): readonly Tree[] {
    const found: Tree[] = [];
    for (let each = this.#node.firstChild; each !== null; each = each.nextSibling)
      found.push(new Tree(each, this.#query));
    return found;
  }

  /** Whether the parser had to skip something in it, or to make something up. */
  get isBroken(): boolean {
    return this.#node.type.isError || this.parts.some(({ name }) => name === '⚠');
  }

  /** Those of a name, itself among them; what is below one of them is left out. */
  named(name: string): readonly Tree[] {
    return this.#node.name === name ? [this] : this.parts.flatMap((each) => each.named(name));
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** The text of a string between quotation marks or backticks. */
export function unquoted(written: string): string {
  const inside = written.slice(1, -1);
  if (written.startsWith('`')) return inside;
  return inside.replace(/\\(.)/gs, (_, character: string) => escapes[character] ?? character);
}
