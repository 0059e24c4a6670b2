import { leafPanels, named, type BoardPanel } from '../board.js';
import { nearest } from '../../diagnostics/did-you-mean.js';
import { at, list, record, text } from '../json.js';
import { isKnownUnit, unitIds } from '../known-units.js';
import { isNumeric } from '../panel-types.js';
import { exempt, fault, fine, inPanel, type Rule, type Verdict } from '../rule.js';

/** The units that a panel sets, for all of its values or some of them. */
export function unitsOf({ json }: BoardPanel): readonly string[] {
  const overrides = list(at(json, 'fieldConfig', 'overrides')).flatMap((each) =>
    list(record(each)['properties']).flatMap((property) =>
      record(property)['id'] === 'unit' ? [text(record(property)['value']) ?? ''] : [],
    ),
  );
  const old = list(json['yaxes'])
    .slice(0, 1)
    .map((axis) => text(record(axis)['format']) ?? '');
  const own = text(at(json, 'fieldConfig', 'defaults', 'unit')) ?? text(json['format']);
  return [...(own === undefined ? [] : [own]), ...overrides, ...old].filter((unit) => unit !== '');
}

/** Whether words are shown in the place of numbers. */
function showsWords({ json, type }: BoardPanel): boolean {
  const fields = text(at(json, 'options', 'reduceOptions', 'fields')) ?? '';
  const mappings = list(at(json, 'fieldConfig', 'defaults', 'mappings'));
  const maps = mappings.some((each) => record(each)['type'] !== 'special');
  return (type === 'stat' && fields !== '') || maps;
}

function ofPanel(panel: BoardPanel): Verdict {
  const place = inPanel(panel, 'fieldConfig.defaults.unit');
  if (showsWords(panel)) return exempt(place, 'the panel shows words in the place of numbers');
  const units = unitsOf(panel);
  if (units.length === 0) {
    return fault(
      place,
      `${named(panel)} has no unit`,
      'set one of Grafana: `s`, `bytes`, `percentunit`, `short`',
    );
  }
  const unknown = units.find((unit) => !isKnownUnit(unit));
  if (unknown === undefined) return fine(place);
  const near = nearest(unknown, unitIds);
  return fault(
    place,
    `${named(panel)} has the unit \`${unknown}\`, which Grafana does not know`,
    near === undefined ? 'write `suffix: things` for a unit of your own' : `did you mean \`${near}\`?`,
  );
}

/** Numbers have a unit. */
export const panelUnits: Rule = {
  id: 'panel-units-rule',
  from: 'dashboard-linter',
  *check(board) {
    for (const panel of leafPanels(board)) if (isNumeric(panel.type)) yield ofPanel(panel);
  },
};
