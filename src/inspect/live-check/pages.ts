import { SourceFile } from '../../diagnostics/source-file.js';
import type { Page, PageFamily, PageSample } from '../exposition/page.js';
import { readPage } from '../exposition/read-page.js';
import type { LiveCheck } from './live-check.js';
import { lineOf, shownAt } from './places.js';
import { seriesKey, seriesText, type Place, type SeenFamily, type SeenSample } from './seen.js';

/** Characters of pages that are kept whole, so that findings can show what stands around them. */
const keptInAll = 64 * 1024 * 1024;

/** A page that was read from a target. */
export interface TargetPage {
  /** What people call it: the address, the file, `standard input`. */
  readonly target: string;
  readonly text: string;
  readonly contentType: string | undefined;
}

/** Hands pages to a check, one after the other. */
export class Pages {
  readonly #check: LiveCheck;
  #kept = 0;

  constructor(check: LiveCheck) {
    this.#check = check;
  }

  /** Looks at one page. @returns how many samples it has */
  add({ target, text, contentType }: TargetPage): number {
    const page = readPage(text, contentType);
    const placeAt = this.#places(target, text);
    this.#faults(target, page, placeAt);
    this.#twice(target, page, placeAt);
    const families = page.families.map((family) => seenFamily(family, placeAt));
    this.#check.metrics(target, families, processStart(page));
    return page.families.reduce((sum, { samples }) => sum + samples.length, 0);
  }

  /** A page is kept as a whole only while there is room; of later ones the lines with findings are. */
  #places(target: string, text: string): (line: number) => Place {
    if (this.#kept + text.length <= keptInAll) {
      this.#kept += text.length;
      const source = new SourceFile(target, text);
      return (line) => lineOf(source, line);
    }
    const source = new SourceFile(target, text);
    return (line) => shownAt(target, line, () => source.line(line));
  }

  #faults(target: string, page: Page, placeAt: (line: number) => Place): void {
    for (const { line, message } of page.faults) {
      this.#check.note('OBS6003', `${target} ${message.slice(0, 200)}`, () => ({
        message: `line ${line} cannot be read: ${message}`,
        range: placeAt(line)(),
        help: 'Prometheus refuses the whole page for it',
      }));
    }
  }

  #twice(target: string, page: Page, placeAt: (line: number) => Place): void {
    const seen = new Map<string, number>();
    for (const { samples } of page.families) {
      for (const { name, labels, timestamp, line } of samples) {
        // One series may have several samples, at times of their own.
        const key = `${seriesKey(name, labels)}\u0003${timestamp ?? ''}`;
        const before = seen.get(key);
        if (before === undefined) {
          seen.set(key, line);
          continue;
        }
        this.#check.note('OBS6034', `${target} ${name}`, () => ({
          message: `${seriesText(name, labels)} stands twice, on lines ${before} and ${line}`,
          range: placeAt(line)(),
          related: [{ range: placeAt(before)(), message: 'the first one' }],
          help: 'Prometheus keeps one of the two; are two registries joined?',
        }));
      }
    }
  }
}

/** When the process began, as clients expose it. */
function processStart({ families }: Page): string | undefined {
  const family = families.find(({ name }) => name === 'process_start_time_seconds');
  const value = family?.samples[0]?.value;
  return value === undefined ? undefined : String(value);
}

function seenFamily(family: PageFamily, placeAt: (line: number) => Place): SeenFamily {
  const { name, type, unit, help, line } = family;
  const starts = startsOf(family);
  const head = placeAt(line);
  return {
    ...{ name, type, unit, help, shownName: name, otherNames: [] },
    temporality: 'cumulative',
    isTranslated: false,
    samples: family.samples.map((sample) => seenSample(sample, starts, placeAt)),
    // TYPE, HELP and UNIT stand below each other, in any order.
    place: (part) => {
      for (let at = line; at < line + 3; at += 1) {
        const found = placeAt(at)(part);
        if (part !== undefined && found.source.text.slice(found.start, found.end) === part) return found;
      }
      return head();
    },
  };
}

function labelsKey(labels: ReadonlyMap<string, string>): string {
  const others = new Map(labels);
  others.delete('le');
  others.delete('quantile');
  return seriesKey('', others);
}

/** When the counts of a row began: `x_created`. Undefined where no row says so, as in most pages. */
function startsOf({ samples }: PageFamily): ReadonlyMap<string, string> | undefined {
  const created = samples.filter(({ name }) => name.endsWith('_created'));
  if (created.length === 0) return undefined;
  return new Map(created.map(({ labels, value }) => [labelsKey(labels), String(value)]));
}

function seenSample(
  { name, labels, value, line }: PageSample,
  starts: ReadonlyMap<string, string> | undefined,
  placeAt: (line: number) => Place,
): SeenSample {
  return { name, labels, value, start: starts?.get(labelsKey(labels)), place: placeAt(line) };
}
