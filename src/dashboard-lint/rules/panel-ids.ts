import { named } from '../board.js';
import { fault, fine, inPanel, type Rule } from '../rule.js';

/** Every panel and row has an id of its own: links, alerts and the page itself go by it. */
export const panelIds: Rule = {
  id: 'panel-ids',
  from: 'obs-gen',
  *check(board) {
    const seen = new Map<number, string>();
    for (const panel of board.panels) {
      const place = inPanel(panel, 'id');
      const { id } = panel;
      const before = id === undefined ? undefined : seen.get(id);
      if (id === undefined) yield fault(place, `${named(panel)} has no id`, 'number panels and rows from 1');
      else if (!Number.isInteger(id) || id < 1)
        yield fault(place, `${named(panel)} has the id ${id}`, 'number panels and rows from 1');
      else if (before !== undefined)
        yield fault(place, `${named(panel)} has the id of ${before}`, 'number panels and rows from 1');
      else yield fine(place);
      if (id !== undefined) seen.set(id, before ?? named(panel));
    }
  },
};
