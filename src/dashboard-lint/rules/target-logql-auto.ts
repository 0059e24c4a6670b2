import { leafPanels, named } from '../board.js';
import { rangesOf } from '../foreign-syntax.js';
import { verdict, type Rule } from '../rule.js';

/** Ranges in LogQL follow the step of the graph. */
export const targetLogqlAuto: Rule = {
  id: 'target-logql-auto-rule',
  from: 'dashboard-linter',
  *check(board) {
    for (const panel of leafPanels(board)) {
      for (const { path, refId, language, query } of panel.targets) {
        if (language !== 'logql') continue;
        for (const { text } of rangesOf(query)) {
          yield verdict(
            /^\$(?:__auto|\{__auto\})$/.test(text),
            { panel, path: `${path}.expr` },
            `query ${refId ?? '?'} of ${named(panel)} has the range \`[${text}]\``,
            'use `[$__auto]`',
          );
        }
      }
    }
  },
};
