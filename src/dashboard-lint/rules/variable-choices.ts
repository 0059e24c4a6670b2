import { verdict, type Rule } from '../rule.js';

/** Choices are sorted, several can be made, and all of them at once. */
export const variableChoices: Rule = {
  id: 'variable-choices',
  from: 'obs-gen',
  *check({ variables }) {
    for (const { json, path, name, type } of variables) {
      if (type !== 'query') continue;
      yield verdict(
        typeof json['sort'] === 'number' && json['sort'] > 0,
        { path },
        `the choices of \`${name}\` are not sorted`,
        'set `sort: 1`',
      );
      yield verdict(
        json['multi'] === true && json['includeAll'] === true,
        { path },
        `\`${name}\` offers one value at a time`,
        'set `multi` and `includeAll`: the whole is seen first',
      );
    }
  },
};
