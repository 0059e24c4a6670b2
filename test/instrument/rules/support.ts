import type { Candidate } from '../../../src/instrument/candidate.js';
import { candidatesOf } from '../../../src/instrument/find/candidates.js';
import { parseFile } from '../../../src/instrument/find/parse-file.js';
import type { ParsedFile } from '../../../src/instrument/find/parsed-file.js';
import type { Insertion } from '../../../src/instrument/insertion.js';
import { compileRules } from '../../../src/instrument/rules/compile.js';
import { ruleSetOf } from '../../../src/instrument/rules/rule-set-of.js';
import type { RuleSet } from '../../../src/instrument/rules/rule-set.js';
import type { TypeFacts } from '../../../src/instrument/rules/type-facts.js';
import { modelOf } from '../../support/model.js';

const head = `version: 1
service: { name: shop }
labels:
  agent: { description: Agent., cap: 10 }
  outcome: { description: End., values: [ok, failed] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [agent, outcome] }
  calls_total: { type: counter, help: Calls., labels: [agent] }
  call_duration_seconds: { type: histogram, help: Time of calls. }
spans:
  work: { kind: internal, attributes: { agent: { label: agent }, size: { type: int }, tool: {} } }
  other: { kind: internal }
logs: { events: { done: { message: done, fields: { agent: string } } } }
`;

/** The rules of a section, each as it stands in a list: `{ match: { function: f }, span: work }`. */
export function rulesOf(rules: readonly string[], section = '', types?: TypeFacts): RuleSet {
  const yaml = `${head}instrument:\n${section}  rules:\n${rules.map((rule) => `    - ${rule}\n`).join('')}`;
  const { value } = compileRules(modelOf(yaml));
  if (value === undefined) throw new Error('no rules');
  return ruleSetOf(structuredClone(value), () => types);
}

/** A rule that opens the span `work`. */
export const ruleFor = (match: string, rest = ''): string => `{ match: ${match}, span: work${rest} }`;

export interface Read {
  readonly file: ParsedFile;
  readonly candidates: readonly Candidate[];
}

/** A file with its functions and calls. */
export function read(text: string, path = 'src/agent.ts'): Read {
  const file = parseFile(path, text);
  return { file, candidates: candidatesOf(file, true) };
}

/** How the tests name a place: `Agent.run`, `search`, `call fetch`. */
export function nameOf(candidate: Candidate): string {
  const name = candidate.name ?? '(anonymous)';
  if (candidate.kind === 'call') return `call ${name}`;
  const kind = candidate.kind === 'getter' ? 'get ' : candidate.kind === 'setter' ? 'set ' : '';
  return kind + (candidate.classNode === undefined ? name : `${candidate.className ?? '(class)'}.${name}`);
}

/** The places that rules fit, each with its insertion. */
export function chosen(
  rules: RuleSet,
  { file, candidates }: Read,
): readonly (readonly [string, Insertion])[] {
  return candidates.flatMap((candidate) => {
    const insertion = rules.decide(candidate, file);
    return insertion === undefined ? [] : [[nameOf(candidate), insertion] as const];
  });
}

/** The names of the places that one rule with this match fits. */
export function matched(match: string, text: string, path?: string): readonly string[] {
  return chosen(rulesOf([ruleFor(match)]), read(text, path)).map(([name]) => name);
}
