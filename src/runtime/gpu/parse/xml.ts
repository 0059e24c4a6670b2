/** An element, as far as it could be read. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text between its tags; none where the element has others within it, or was not closed: what is cut off is not what it said. */
  readonly text: string | undefined;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: OpenElement[];
  /** Where its content begins. */
  readonly from: number;
  text: string | undefined;
}

/** What is deeper is not read, so that whoever walks the tree need not count. */
const deepest = 32;

/** What of a document is read. */
export interface XmlInterest {
  /** Names of elements; others are passed over with all that is in them, where their end is found. */
  readonly names: ReadonlySet<string>;
  /** The element that repeats: an end beyond its own is that of the next one's, and nothing is passed over up to there. */
  readonly unit: string;
}

/**
 * Reads the elements of a document as far as it goes: what is cut, doubled or unbalanced costs the elements that it is in, not the others.
 * Comments, processing instructions and declarations are passed over; of entities, the five of XML and those by number are known.
 *
 * @param interest undefined: all is read
 */
export function readXml(document: string, interest?: XmlInterest): XmlElement {
  const root: OpenElement = { name: '', attributes: {}, children: [], from: 0, text: undefined };
  const open = [root];
  const skip = interest === undefined ? undefined : new Unwanted(document, interest);
  let at = 0;
  for (;;) {
    const start = document.indexOf('<', at);
    if (start < 0) return root;
    const end = endOfMarkup(document, start);
    if (end < 0) return root;
    at = end + 1;
    const markup = document.slice(start + 1, end);
    if (markup.startsWith('!') || markup.startsWith('?')) continue;
    if (markup.startsWith('/')) close(open, markup.slice(1).trim(), document, start);
    else at = skip?.after(markup, at) ?? openElement(open, markup, at);
  }
}

/** The child of that name, and the child of that, ...: of several the first. */
export function childOf(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  let found: XmlElement | undefined = element;
  for (const name of path) found = found?.children.find((child) => child.name === name);
  return found;
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** Elements of that name, however deep, in the order of the document. */
export function allOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) =>
    child.name === name ? [child, ...allOf(child, name)] : allOf(child, name),
  );
}

function endOfMarkup(document: string, start: number): number {
  if (!document.startsWith('<!--', start)) return document.indexOf('>', start);
  const end = document.indexOf('-->', start + 4);
  return end < 0 ? -1 : end + 2;
}

const tag = /^([A-Za-z_][\w.-]*)([^<]*)$/;

/** Finds the ends of elements that nobody wants: a device's log is mostly lists of clocks that it could have. */
class Unwanted {
  private readonly document: string;
  private readonly names: ReadonlySet<string>;
  private readonly unitEnd: string;
  /** Where the unit ends that is read. */
  private end = -1;
  /** Characters that may be looked through for ends that are not there: in all as many as the document has, a few times over. */
  private patience: number;

  constructor(document: string, { names, unit }: XmlInterest) {
    this.document = document;
    this.names = names;
    this.unitEnd = `</${unit}>`;
    this.patience = 4 * document.length;
  }

  /** Where to go on behind an element; undefined where it is wanted, or its end is not certain. @param from where its content begins */
  after(markup: string, from: number): number | undefined {
    const blank = markup.search(/[\s/]/);
    const name = blank < 0 ? markup : markup.slice(0, blank);
    if (this.patience < 0 || this.names.has(name) || markup.endsWith('/') || !/^\w/.test(name))
      return undefined;
    const rest = this.document.slice(from, this.unitFrom(from));
    const close = `</${name}>`;
    const length = rest.indexOf(close);
    if (length < 0) this.patience -= rest.length;
    // One of its name within it: the end is that of the inner one.
    if (length < 0 || rest.slice(0, length).includes(`<${name}`)) return undefined;
    return from + length + close.length;
  }

  private unitFrom(from: number): number {
    if (this.end < from) {
      const end = this.document.indexOf(this.unitEnd, from);
      this.end = end < 0 ? this.document.length : end;
    }
    return this.end;
  }
}

/** @returns where to go on */
function openElement(open: OpenElement[], markup: string, from: number): number {
  const [, name, rest = ''] = tag.exec(markup) ?? [];
  const parent = open.at(-1);
  if (name === undefined || parent === undefined || open.length > deepest) return from;
  const element = { name, attributes: attributesOf(rest), children: [], from, text: undefined };
  parent.children.push(element);
  if (!rest.endsWith('/')) open.push(element);
  return from;
}

/** Closes the innermost element of that name, and with it those within that were left open. */
function close(open: OpenElement[], name: string, document: string, end: number): void {
  let at = open.length - 1;
  while (at > 0 && open[at]?.name !== name) at -= 1;
  const element = open[at];
  if (at < 1 || element === undefined) return;
  const content = document.slice(element.from, end);
  if (at === open.length - 1 && !content.includes('<')) element.text = decoded(content).trim();
  open.length = at;
}

const none: Readonly<Record<string, string>> = {};

function attributesOf(markup: string): Readonly<Record<string, string>> {
  if (!markup.includes('=')) return none;
  const attributes: [string, string][] = [];
  for (const [, name = '', value = ''] of markup.matchAll(/([\w.:-]+)="([^"<]*)"/g))
    attributes.push([name, decoded(value)]);
  return Object.fromEntries(attributes);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const largestCharacter = 0x10ffff;

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (all, ...groups) => {
    const [decimal, hex, name] = groups as readonly (string | undefined)[];
    if (name !== undefined) return entities[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return code <= largestCharacter ? String.fromCodePoint(code) : all;
  });
}
