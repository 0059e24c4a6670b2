import { leafPanels, named } from '../board.js';
import { text } from '../json.js';
import { inPanel, verdict, type Rule } from '../rule.js';

/** Every panel says what it shows, and what is good; a text says so itself. */
export const panelTitleDescription: Rule = {
  id: 'panel-title-description-rule',
  from: 'dashboard-linter',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (panel.type === 'text') continue;
      yield verdict(
        panel.title.trim() !== '',
        inPanel(panel),
        `${named(panel)} has no title`,
        'give it one of two or three words',
      );
      yield verdict(
        (text(panel.json['description']) ?? '').trim() !== '',
        inPanel(panel),
        `${named(panel)} has no description`,
        'say what is measured, what is good, and what to do where it is not',
      );
    }
  },
};
