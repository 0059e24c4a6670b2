import { queriesOf } from '../../model/checks/query-list.js';
import type { Label, Model } from '../../model/model.js';
import { selectors } from '../../promql/walk.js';

/** Values that a service might give to a label that the spec leaves open, by words of the label's name or description. */
const believable: readonly (readonly [words: RegExp, values: readonly string[]])[] = [
  [/^(?:parent|child)$/, ['researcher', 'writer', 'reviewer']],
  [/^space$/, ['old_space', 'new_space', 'code_space', 'large_object_space']],
  [/^type$/, ['Timeout', 'TCPSocketWrap', 'TCPServerWrap', 'PipeWrap']],
  [/^version$/, ['v20.19.0']],
  [/^major$/, ['20']],
  [/^minor$/, ['19']],
  [/^patch$/, ['0']],
  [/^gpu$/, ['0', '1']],
  [/^uuid$/, ['GPU-5d1f7a52', 'GPU-90c3e4b8']],
  [/^driver$/, ['550.90']],
  [/^xid$/, ['31', '43']],
  [/^name$/, ['Accelerator 80 GB']],
  [/mcp|method/, ['tools/call', 'tools/list', 'resources/read', 'initialize']],
  [/model/, ['sage-large', 'sage-small', 'sage-mini']],
  [/tool/, ['search', 'fetch_page', 'calculate', 'read_file', 'run_code']],
  [/agent/, ['researcher', 'writer', 'reviewer']],
  [/workflow/, ['answer', 'report']],
  [/provider|vendor/, ['sage-cloud', 'open-models']],
  [/queue/, ['tasks', 'index']],
  [/route|endpoint|path/, ['/tasks', '/tasks/:id', '/search', '/health']],
  [/server|host|peer/, ['models.example.com', 'documents.example.com']],
  [/policy/, ['spend-limit', 'personal-data', 'allowed-tools']],
  [/topic/, ['energy', 'biology', 'history', 'economics', 'materials']],
  [/runtime|sandbox/, ['container', 'wasm']],
  [/rule/, ['api-key', 'e-mail', 'card-number']],
  [/score/, ['accuracy', 'f1']],
  [/tenant|customer|team/, ['acme', 'globex', 'initech']],
  [/region|zone/, ['eu-west', 'us-east']],
  [/error/, ['TimeoutError', 'ConnectionError', 'ValidationError']],
  [/user|principal/, ['ada', 'grace', 'edsger']],
];

/** The values that queries ask a label for; nothing would be seen of what nobody has. */
function askedFor(model: Model): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { query } of queriesOf(model)) {
    if (query.expr === undefined) continue;
    for (const { label, operator, value } of selectors(query.expr).flatMap(({ matchers }) => matchers)) {
      if (operator !== '=' && operator !== '=~') continue;
      const values =
        operator === '=' ? [value] : value.split('|').filter((each) => /^[\w ./:-]+$/.test(each));
      const known = found.get(label) ?? new Set();
      for (const each of values) if (each !== '' && !each.startsWith('$')) known.add(each);
      found.set(label, known);
    }
  }
  return new Map([...found].map(([label, values]) => [label, [...values]]));
}

function guessed({ key, wire, description }: Label): readonly string[] {
  const bare = key.slice(key.indexOf('.') + 1);
  for (const text of [bare, wire, description.toLowerCase()]) {
    const found = believable.find(([words]) => words.test(text));
    if (found !== undefined) return found[1];
  }
  return ['first', 'second', 'third'].map((word) => `${bare.replace(/_/g, '-')}-${word}`);
}

/** What the labels of a spec are made up to say: the same on every metric, so that queries can join them. */
export class LabelValues {
  readonly #asked: ReadonlyMap<string, readonly string[]>;
  readonly #events: readonly string[];
  readonly #models: readonly string[];
  readonly #known = new Map<Label, readonly string[]>();

  /** @param models names of models, where a price table has them */
  constructor(model: Model, models: readonly string[]) {
    this.#asked = askedFor(model);
    this.#events = Object.keys(model.sections.security?.events ?? {});
    this.#models = models;
  }

  of(label: Label): readonly string[] {
    let values = this.#known.get(label);
    if (values === undefined) {
      values = this.#made(label);
      this.#known.set(label, values);
    }
    return values;
  }

  #made(label: Label): readonly string[] {
    const { bound, wire, key } = label;
    if (bound.kind === 'closed') return bound.values;
    const own = /(?:^|\.)event$/.test(key) ? this.#events : /model/.test(wire) ? this.#models : [];
    const values = new Set([...(own.length > 0 ? own : guessed(label)), ...(this.#asked.get(wire) ?? [])]);
    return [...values].slice(0, Math.max(1, bound.cap));
  }
}
