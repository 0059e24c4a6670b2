import { leafPanels, named } from '../board.js';
import { fault, fine, type Rule } from '../rule.js';

/** Every query of a panel has a name of its own: overrides, expressions and errors go by it. */
export const refIds: Rule = {
  id: 'ref-ids',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      const seen = new Set<string>();
      for (const { refId, path } of panel.targets) {
        const place = { panel, path: `${path}.refId` };
        if (refId === undefined || refId === '')
          yield fault(place, `a query of ${named(panel)} has no refId`, 'call it A, the next one B');
        else if (seen.has(refId))
          yield fault(
            place,
            `two queries of ${named(panel)} have the refId ${refId}`,
            'call one of them otherwise',
          );
        else yield fine(place);
        if (refId !== undefined) seen.add(refId);
      }
    }
  },
};
