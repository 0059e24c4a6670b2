import { exempt, verdict, type Rule } from '../rule.js';
import { namesUsedBeside } from '../variable-names.js';

/** Every variable that is offered changes something. */
export const variableUsed: Rule = {
  id: 'variable-used',
  from: 'obs-gen',
  *check(board) {
    for (const { name, type, path } of board.variables) {
      if (type === 'adhoc') {
        yield exempt({ path }, 'filters that people add apply to every query');
        continue;
      }
      yield verdict(
        namesUsedBeside(board, path).has(name),
        { path },
        `nothing uses the variable \`${name}\``,
        'remove it, or narrow a query with it',
      );
    }
  },
};
