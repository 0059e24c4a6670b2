import type { Board } from './board.js';
import { record } from './json.js';

const use = /\$\{(\w+)(?:[:.][^}]*)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]/g;

/** Names that Grafana fills in itself, and what is no variable: groups of a pattern, `$1`. */
const builtIn = /^(?:__|[0-9]|timeFilter$|value$|labels$)/;

/** A variable that a text names, and where. */
export interface VariableUse {
  readonly name: string;
  /** Offsets into the text, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/** Where a text names variables, Grafana's own left out. */
export function variableUses(text: string): readonly VariableUse[] {
  return [...text.matchAll(use)].flatMap((match) => {
    const [whole, braced, plain, old] = match;
    const name = braced ?? plain ?? old ?? '';
    return builtIn.test(name) ? [] : [{ name, from: match.index, to: match.index + whole.length }];
  });
}

/** The variables that a text of the dashboard names, Grafana's own left out. */
export function variablesUsed(text: string): ReadonlySet<string> {
  return new Set(variableUses(text).map(({ name }) => name));
}

/** All texts below a value, keys left out. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(record(value))
    .concat(Array.isArray(value) ? value : [])
    .flatMap(textsIn);
}

const known = new WeakMap<object, ReadonlySet<string>>();

/** The variables that all texts below a value name; a part of a dashboard is asked about once for each of its variables. */
function namesIn(value: unknown): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null)
    return variablesUsed(typeof value === 'string' ? value : '');
  const found = known.get(value);
  if (found !== undefined) return found;
  const names = new Set(textsIn(value).flatMap((text) => variableUses(text).map(({ name }) => name)));
  known.set(value, names);
  return names;
}

/** What a dashboard's texts name, the definition of one variable left out. */
export function namesUsedBeside(board: Board, path: string): ReadonlySet<string> {
  const others = board.variables.filter((variable) => variable.path !== path).map(({ json }) => json);
  const rest = Object.entries(board.json).filter(([key]) => key !== 'templating');
  const repeated = board.panels.flatMap(({ json }) =>
    typeof json['repeat'] === 'string' ? [json['repeat']] : [],
  );
  return new Set([
    ...[...rest.map(([, value]) => value), ...others].flatMap((each) => [...namesIn(each)]),
    ...repeated,
  ]);
}
