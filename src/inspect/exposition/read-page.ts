import type { FamilyType, Page, PageFamily, PageFault, PageSample } from './page.js';
import { LineReader } from './read-line.js';

interface OpenFamily {
  name: string;
  type: FamilyType;
  help: string | undefined;
  unit: string | undefined;
  readonly samples: PageSample[];
  readonly line: number;
}

/** What the parts of a family are called, by its type. */
const suffixes: Readonly<Record<FamilyType, readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [],
  histogram: ['_bucket', '_count', '_sum', '_created'],
  gaugehistogram: ['_bucket', '_gcount', '_gsum'],
  summary: ['_count', '_sum', '_created'],
  info: ['_info'],
  stateset: [],
  unknown: [],
};

const types = new Map<string, FamilyType>([
  ...Object.keys(suffixes).map((type) => [type, type as FamilyType] as const),
  // What Prometheus's own format calls it.
  ['untyped', 'unknown'],
]);

const comment = /^#[ \t]+(TYPE|HELP|UNIT)[ \t]+("(?:[^"\\]|\\.)*"|[^ \t]+)(?:[ \t]+(.*))?$/;

/** Reads lines one by one into families; a line that is not well-formed is kept as a fault. */
class PageReader {
  readonly #families = new Map<string, OpenFamily>();
  readonly #faults: PageFault[] = [];
  readonly #openMetrics: boolean;
  #ended = false;

  constructor(openMetrics: boolean) {
    this.#openMetrics = openMetrics;
  }

  line(text: string, line: number): void {
    if (text.trim() === '') return;
    if (this.#ended) this.#fault(line, 'a line after # EOF');
    else if (text.startsWith('#')) this.#comment(text, line);
    else this.#sample(text, line);
  }

  page(lines: number): Page {
    if (this.#openMetrics && !this.#ended)
      this.#fault(lines, 'the page does not end with # EOF: it may be cut off');
    return {
      format: this.#openMetrics ? 'openmetrics' : 'text',
      families: [...this.#families.values()].map(named),
      faults: this.#faults,
    };
  }

  #comment(text: string, line: number): void {
    if (this.#openMetrics && text.trimEnd() === '# EOF') {
      this.#ended = true;
      return;
    }
    const [, keyword, written, rest = ''] = comment.exec(text) ?? [];
    // Any other comment means nothing in the text format.
    if (keyword === undefined || written === undefined) return;
    const name = written.startsWith('"') ? unescape(written.slice(1, -1)) : written;
    const family = this.#family(name, line);
    if (keyword === 'HELP') family.help = unescape(rest);
    else if (keyword === 'UNIT') family.unit = rest.trim() === '' ? undefined : rest.trim();
    else this.#type(family, rest.trim(), line);
  }

  #type(family: OpenFamily, written: string, line: number): void {
    const type = types.get(written.toLowerCase());
    if (type === undefined) this.#fault(line, `${written || 'nothing'} is no type of metric`);
    else if (family.type !== 'unknown' && family.type !== type) {
      this.#fault(line, `${family.name} has two types, ${family.type} and ${type}`);
    } else if (family.samples.length > 0 && family.type !== type) {
      this.#fault(line, `the type of ${family.name} stands after its values`);
    } else family.type = type;
  }

  #sample(text: string, line: number): void {
    try {
      const sample = new LineReader(text).sample(this.#openMetrics);
      this.#familyOf(sample.name, line).samples.push({ ...sample, line });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#fault(line, error.message);
    }
  }

  /** The family that has a sample of this name: itself, or the one that it is a part of. */
  #familyOf(name: string, line: number): OpenFamily {
    const itself = this.#families.get(name);
    if (itself !== undefined) return itself;
    for (let at = name.lastIndexOf('_'); at > 0; at = name.lastIndexOf('_', at - 1)) {
      const family = this.#families.get(name.slice(0, at));
      if (family !== undefined && suffixes[family.type].includes(name.slice(at))) return family;
    }
    return this.#family(name, line);
  }

  #family(name: string, line: number): OpenFamily {
    let family = this.#families.get(name);
    if (family === undefined) {
      family = { name, type: 'unknown', help: undefined, unit: undefined, samples: [], line };
      this.#families.set(name, family);
    }
    return family;
  }

  #fault(line: number, message: string): void {
    this.#faults.push({ line, message });
  }
}

/** OpenMetrics leaves `_total` and `_info` off the family's name; queries have it. */
function named(family: OpenFamily): PageFamily {
  const suffix = family.type === 'counter' ? '_total' : family.type === 'info' ? '_info' : '';
  const has = family.samples.some(({ name }) => name === `${family.name}${suffix}`);
  return suffix !== '' && has ? { ...family, name: `${family.name}${suffix}` } : family;
}

function unescape(text: string): string {
  return text.replace(/\\([n\\"])/g, (_, character: string) => (character === 'n' ? '\n' : character));
}

/**
 * Reads a page of `/metrics` in Prometheus's text format or in OpenMetrics.
 * @param text the page
 * @param contentType the answer's header; without it a page that ends with `# EOF` is taken for OpenMetrics
 * @returns all that could be read, and what could not, by line; never throws
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/ and the OpenMetrics 1.0 specification
 */
export function readPage(text: string, contentType?: string): Page {
  const openMetrics =
    contentType === undefined
      ? /\n?# EOF\s*$/.test(text)
      : contentType.includes('application/openmetrics-text');
  const reader = new PageReader(openMetrics);
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    reader.line(line.endsWith('\r') ? line.slice(0, -1) : line, index + 1);
  });
  return reader.page(lines.length);
}
