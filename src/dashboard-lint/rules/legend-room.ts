import { leafPanels, named, type BoardPanel } from '../board.js';
import { at, list, record, text } from '../json.js';
import { isGraph } from '../panel-types.js';
import { fault, inPanel, verdict, type Rule } from '../rule.js';
import { promTargets } from '../target.js';

/** Units of the grid below which a table of more than two lines is cut. */
const room = 9;

/** Whether there are more lines than two, as far as the queries say. */
function hasManyLines(panel: BoardPanel): boolean {
  const targets = promTargets(panel);
  return targets.length > 2 || targets.some(({ legend }) => legend.includes('{{'));
}

/** A legend has the room that it needs, and numbers where it is a table. */
export const legendRoom: Rule = {
  id: 'legend-room',
  from: 'obs-gen',
  *check(board) {
    for (const panel of leafPanels(board)) {
      if (!isGraph(panel.type)) continue;
      const legend = record(at(panel.json, 'options', 'legend') ?? panel.json['legend']);
      const place = inPanel(panel, 'options.legend');
      const isShown = legend['showLegend'] !== false && legend['show'] !== false;
      const mode = text(legend['displayMode']) ?? (legend['alignAsTable'] === true ? 'table' : 'list');
      if (!isShown || mode === 'hidden') {
        if (hasManyLines(panel))
          yield fault(place, `${named(panel)} has several lines and no legend`, 'show the legend');
        continue;
      }
      const isBelow = (text(legend['placement']) ?? 'bottom') === 'bottom';
      yield verdict(
        mode !== 'table' || !isBelow || (panel.grid?.h ?? room) >= room || !hasManyLines(panel),
        place,
        `the table below ${named(panel)} is cut off`,
        `make the panel ${room} high, or the legend a list`,
      );
      const hasNumbers =
        list(legend['calcs']).length > 0 || ['avg', 'current', 'max'].some((key) => legend[key] === true);
      if (mode === 'table')
        yield verdict(
          hasNumbers,
          place,
          `the table below ${named(panel)} has no numbers`,
          'set `calcs`: mean, max, last',
        );
    }
  },
};
