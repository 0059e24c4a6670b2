import { verdict, type Rule } from '../rule.js';

/** The choices of variables follow the time that is shown: names come and go. */
export const templateOnTimeChangeReload: Rule = {
  id: 'template-on-time-change-reload-rule',
  from: 'dashboard-linter',
  *check({ variables }) {
    for (const { json, path, name, type } of variables) {
      if (type !== 'query') continue;
      yield verdict(
        json['refresh'] === 2,
        { path },
        `the choices of the variable \`${name}\` are not read again when the time changes`,
        'set `refresh: 2`',
      );
    }
  },
};
