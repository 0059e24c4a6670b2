import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { checklist } from '../../src/dashboard-lint/index.js';
import { isKnownUnit } from '../../src/dashboard-lint/known-units.js';
import { rules } from '../../src/dashboard-lint/rules/index.js';

describe('the checklist', () => {
  it('has each line once', () => {
    const ids = checklist.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is verified by rules that there are, and leaves none of them out', () => {
    const known = new Set([...rules.map(({ id }) => id), 'picture', 'output']);
    const used = checklist.flatMap(({ verifiedBy }) => verifiedBy);
    expect(used.filter((rule) => !known.has(rule))).toEqual([]);
    expect(rules.map(({ id }) => id).filter((id) => !used.includes(id))).toEqual([]);
    expect(checklist.filter(({ verifiedBy }) => verifiedBy.length === 0)).toEqual([]);
  });

  it('says which lines need a spec', () => {
    const needy = new Set(rules.filter(({ needsModel }) => needsModel === true).map(({ id }) => id));
    for (const { id, verifiedBy, needsModel } of checklist)
      expect(
        verifiedBy.every((rule) => needy.has(rule)),
        id,
      ).toBe(needsModel === true);
  });
});

it('has the 17 rules of the linter of Grafana', () => {
  expect(rules.filter(({ from }) => from === 'dashboard-linter')).toHaveLength(17);
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});

it('knows the units that Grafana publishes', () => {
  const published = createRequire(import.meta.url)('@grafana/grafana-foundation-sdk/units') as Record<
    string,
    unknown
  >;
  const units = Object.values(published).filter((each) => typeof each === 'string');
  expect(units.length).toBeGreaterThan(200);
  expect(units.filter((unit) => !isKnownUnit(unit) && unit !== 'none string')).toEqual([]);
  expect(isKnownUnit('suffix: tok/s')).toBe(true);
  expect(isKnownUnit('seconds')).toBe(false);
});
