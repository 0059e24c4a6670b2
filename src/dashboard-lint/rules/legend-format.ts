import { leafPanels, named } from '../board.js';
import { isGraph } from '../panel-types.js';
import { fault, fine, type Rule } from '../rule.js';
import { promTargets } from '../target.js';

/** Legends are short: what tells the lines apart, and nothing else. */
export const legendFormat: Rule = {
  id: 'legend-format',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (!isGraph(panel.type)) continue;
      for (const { path, legend, refId } of promTargets(panel)) {
        const place = { panel, path: `${path}.legendFormat` };
        const labels = [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label ?? '');
        const query = `query ${refId ?? '?'} of ${named(panel)}`;
        if (legend.trim() === '')
          yield fault(place, `${query} has no legend`, 'write `{{label}}`: else all labels are shown');
        else if (labels.includes('instance') && labels.includes('job'))
          yield fault(
            place,
            `${query} shows \`job\` and \`instance\` in its legend`,
            'show the label that tells lines apart',
          );
        else yield fine(place);
      }
    }
  },
};
