import type { Range } from '../../../diagnostics/diagnostic.js';
import type { Text } from '../../../diagnostics/text.js';
import type { CheckInput } from '../../../model/checks/rule.js';
import { isPathAsWritten } from '../../../model/checks/places.js';
import { locate, locateKey, type Path } from '../../../spec/located.js';
import type { AttributePaths, Match, Rule } from '../../../spec/spec.js';

/** Keys that hold paths of values, with the place of their map. */
export interface WrittenPaths {
  readonly at: readonly string[];
  readonly values: AttributePaths;
}

/** A rule of the section with its place in the file. */
export class WrittenRule {
  readonly rule: Rule;
  readonly index: number;
  readonly #input: CheckInput;

  constructor(input: CheckInput, rule: Rule, index: number) {
    this.#input = input;
    this.rule = rule;
    this.index = index;
  }

  /** As messages call it. */
  get label(): string {
    return this.rule.name ?? `instrument.rules[${this.index}]`;
  }

  /** The value below it at a path; the nearest above where there is none. */
  range(...path: readonly (string | number)[]): Range {
    const { root } = this.#input.loaded;
    for (let length = path.length; length >= 0; length -= 1) {
      const found = locate(root, this.#path(path.slice(0, length)));
      if (found !== undefined) return found.range;
    }
    return root.range;
  }

  /** The key at the end of a path, or the nearest above it; the rule's first key where there is none. */
  keyRange(...path: readonly (string | number)[]): Range {
    const { root } = this.#input.loaded;
    for (let length = path.length; length > 0; length -= 1) {
      const key = locateKey(root, this.#path(path.slice(0, length)));
      if (key !== undefined) return key.range;
    }
    const item = locate(root, this.#path([]));
    const [first] = item?.kind === 'map' ? item.entries.values() : [];
    return first?.key.range ?? this.range();
  }

  /** A text below it, character by character; undefined where the author wrote something else. */
  text(value: string, ...path: readonly (string | number)[]): Text | undefined {
    const node = locate(this.#input.loaded.root, this.#path(path));
    return node?.kind === 'scalar' && node.value === value ? node.text : undefined;
  }

  /** Whether what stands at a path is what the author wrote, all of it. */
  isAsWritten(...path: readonly (string | number)[]): boolean {
    return isPathAsWritten(this.#input, ...this.#path(path));
  }

  /** `match` and each `not`, with their places. */
  get matches(): readonly { readonly match: Match; readonly at: readonly (string | number)[] }[] {
    const { match, not } = this.rule;
    const others = Array.isArray(not)
      ? not.map((each, index) => ({ match: each, at: ['not', index] }))
      : not === undefined
        ? []
        : [{ match: not, at: ['not'] }];
    return [{ match, at: ['match'] }, ...others];
  }

  get paths(): readonly WrittenPaths[] {
    const { attributes, count, time, log } = this.rule;
    const all: readonly (readonly [readonly string[], AttributePaths | undefined])[] = [
      [['attributes'], attributes],
      [['count', 'labels'], count?.labels],
      [['time', 'labels'], time?.labels],
      [['log', 'fields'], log?.fields],
    ];
    return all.flatMap(([at, values]) => (values === undefined ? [] : [{ at, values }]));
  }

  #path(path: readonly (string | number)[]): Path {
    return ['instrument', 'rules', this.index, ...path];
  }
}

/** The rules of a spec, without those that the schema stage had to replace as a whole. */
export function writtenRules(input: CheckInput): readonly WrittenRule[] {
  return (input.spec.instrument?.rules ?? []).map((rule, index) => new WrittenRule(input, rule, index));
}
