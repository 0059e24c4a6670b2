import { leafPanels, named } from '../board.js';
import { text } from '../json.js';
import { fault, fine, inPanel, verdict, type Place, type Rule } from '../rule.js';
import { textsIn, variablesUsed } from '../variable-names.js';

/** Every variable that something names is there, once. */
export const variableDeclared: Rule = {
  id: 'variable-declared',
  from: 'obs-gen',
  *check(board) {
    const names = board.variables.map(({ name }) => name);
    const undeclared = (value: unknown): string | undefined =>
      textsIn(value)
        .flatMap((each) => [...variablesUsed(each)])
        .find((name) => !names.includes(name));
    const places: { readonly place: Place; readonly what: string; readonly value: unknown }[] = [];
    for (const panel of leafPanels(board)) {
      const { title, datasource, interval, repeat } = panel.json;
      const own = text(repeat) === undefined ? undefined : `$${text(repeat) ?? ''}`;
      places.push({ place: inPanel(panel), what: named(panel), value: [title, datasource, interval, own] });
      for (const { json, path, refId } of panel.targets)
        places.push({
          place: { panel, path },
          what: `query ${refId ?? '?'} of ${named(panel)}`,
          value: json,
        });
    }
    for (const { json, path, name } of board.variables) {
      const what = `the variable \`${name}\``;
      places.push({ place: { path }, what, value: [json['query'], json['datasource']] });
      yield verdict(
        names.filter((each) => each === name).length === 1,
        { path },
        `there are two variables \`${name}\``,
        'remove one of them',
      );
    }
    for (const { place, what, value } of places) {
      const missing = undeclared(value);
      yield missing === undefined
        ? fine(place)
        : fault(
            place,
            `${what} names the variable \`${missing}\`, which is not declared`,
            'declare it, or correct the name',
          );
    }
  },
};
