import { brokenClasses, changeClasses, type Change } from '../../../src/inspect/diff/change.js';
import { diffModels, type Difference } from '../../../src/inspect/diff/diff.js';
import type { ChangeClass, Model } from '../../../src/model/model.js';
import { resolve } from '../../../src/model/resolve.js';
import { loadSpecText } from '../../../src/spec/load.js';
import { testToday } from '../../support/model.js';

const known = new Map<string, Model>();

/** The model of a spec whose meaning may be faulty. Models are frozen, and many tests begin with the same one. */
export function readModel(yaml: string): Model {
  const found = known.get(yaml);
  if (found !== undefined) return found;
  const model = newModel(yaml);
  if (known.size < 8) known.set(yaml, model);
  return model;
}

function newModel(yaml: string): Model {
  const { value, diagnostics } = loadSpecText(new Map([['observability.yaml', yaml]]), 'observability.yaml');
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const { value: model } = resolve(value);
  if (model === undefined) throw new Error('there is no model');
  return model;
}

export function differenceOf(old: string, now: string): Difference {
  return diffModels(readModel(old), readModel(now), testToday);
}

/** What is expected of a change: everything but the words. */
export interface Expected {
  readonly at: string;
  readonly kind: string;
  readonly breaking: readonly ChangeClass[];
  readonly safe: readonly ChangeClass[];
  readonly accepted: readonly ChangeClass[];
  readonly hits: readonly string[];
  readonly series: number;
  readonly renamedTo: string | undefined;
}

/** A change without its words. */
export function essence(change: Change): Expected {
  const { at, kind, consequences, hits, series, renamedTo } = change;
  const breaking = brokenClasses(change);
  const classes = (isBreaking: boolean): readonly ChangeClass[] => {
    const found = consequences.filter((each) => each.breaking === isBreaking).map((each) => each.class);
    return changeClasses.filter((each) => found.includes(each));
  };
  return {
    ...{ at, kind, breaking, safe: classes(false), series, renamedTo },
    accepted: classes(true).filter((each) => !breaking.includes(each)),
    hits: hits.map((reader) => `${reader.kind} ${reader.name}`),
  };
}

/** Expected changes as a file has them: what is left out is empty. */
export function expected(changes: readonly Partial<Expected>[]): Expected[] {
  return changes.map(
    ({ at = '', kind = '', breaking = [], safe = [], accepted = [], hits = [], series = 0, renamedTo }) => ({
      ...{ at, kind, breaking, safe, accepted, hits, series, renamedTo },
    }),
  );
}
