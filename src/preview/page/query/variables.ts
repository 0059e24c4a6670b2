import type { Variable } from '../board.js';
import { interpolate, namesIn, type Chosen } from './interpolate.js';

export interface LabelQuery {
  /** Undefined: of all series. */
  readonly selector: string | undefined;
  readonly label: string;
}

/** What `label_values(metric{...}, label)` asks for; undefined where it is another query. */
export function labelQuery(query: string): LabelQuery | undefined {
  const inner = /^\s*label_values\(([\s\S]*)\)\s*$/.exec(query)?.[1];
  if (inner === undefined) return undefined;
  const comma = inner.lastIndexOf(',');
  const label = inner.slice(comma + 1).trim();
  if (!/^[A-Za-z_]\w*$/.test(label)) return undefined;
  return { selector: comma === -1 ? undefined : inner.slice(0, comma).trim(), label };
}

/** Undefined: everything. */
export type Choices = ReadonlyMap<string, readonly string[] | undefined>;

const everything = '$__all';

/** The choices in a URL, `var-job=a&var-job=b`; of variables that it does not name, what the dashboard says. */
export function choicesOf(variables: readonly Variable[], search: URLSearchParams): Choices {
  return new Map(
    variables.map(({ name, current }) => {
      const named = search.getAll(`var-${name}`).filter((value) => value !== '');
      const values = named.length > 0 ? named : [current.value].flat();
      const all = values.some((value) => value === everything || (named.length > 0 && value === 'All'));
      return [name, all ? undefined : values];
    }),
  );
}

/** The parameters of the URL that differ from what the dashboard says. */
export function choiceParameters(
  variables: readonly Variable[],
  choices: Choices,
): readonly (readonly [name: string, value: string])[] {
  return variables.flatMap(({ name, type, current }) => {
    const values = choices.get(name) ?? [everything];
    const initial = [current.value].flat();
    const same = values.length === initial.length && values.every((value) => initial.includes(value));
    if (same || type === 'datasource') return [];
    return values.map((value) => [`var-${name}`, value] as const);
  });
}

/** @param known the values that there are, by the names of variables */
export function chosenOf(
  variables: readonly Variable[],
  choices: Choices,
  known: ReadonlyMap<string, readonly string[]> = new Map(),
): ReadonlyMap<string, Chosen> {
  return new Map(
    variables.map(({ name, allValue, multi, type }) => {
      const values = choices.get(name);
      return [
        name,
        {
          name,
          values: values ?? known.get(name) ?? [],
          all: values === undefined && type !== 'datasource',
          allValue,
          multi: multi === true,
        },
      ];
    }),
  );
}

/** Variables with those that they depend on before them, each a step of its own: those of one step can be asked for at once. */
export function stepsOf(variables: readonly Variable[]): readonly (readonly Variable[])[] {
  const steps: Variable[][] = [];
  const done = new Set<string>();
  let left = variables.filter(({ type }) => type === 'query');
  const names = new Set(left.map(({ name }) => name));
  while (left.length > 0) {
    const ready = left.filter(({ query }) =>
      [...namesIn(query)].every((name) => done.has(name) || !names.has(name)),
    );
    // Variables that need each other are asked for as they stand rather than never.
    const step = ready.length > 0 ? ready : left;
    steps.push([...step]);
    for (const { name } of step) done.add(name);
    left = left.filter((each) => !step.includes(each));
  }
  return steps;
}

/** What Prometheus is asked for the values of a variable. */
export function valuesRequest(
  variable: Variable,
  chosen: ReadonlyMap<string, Chosen>,
): LabelQuery | undefined {
  return labelQuery(interpolate(variable.query, chosen));
}
