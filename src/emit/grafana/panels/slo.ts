import type { Slo } from '../../../model/model.js';
import type { Drawn } from '../layout.js';
import { boardOfSlo } from '../own-boards.js';
import { columns, columnsOfTitle } from '../room.js';
import type { PanelView } from '../view.js';
import { burnPanel, eventsPanel, historyPanel } from './slo/graphs.js';
import { budgetPanel, groupsPanel, levelPanel, timePanel } from './slo/numbers.js';
import { linksOf, type Parts } from './slo/parts.js';

type Line = Extract<Drawn, { kind: 'lines' }>['lines'][number];

const summaryHeight = 8;
/** A table below a graph needs one row more. */
const historyHeight = 9;

/** The most columns that an objective's name takes: beside it a dial, a number and a graph have to be readable. */
const widestName = 8;

/** What was promised, what is, what is left and for how long, and how fast that is spent. The first panel has the objective's name. */
function summary(parts: Parts): Line {
  const { view, slo } = parts;
  if (slo.by.length > 0) {
    const panels = [
      { width: 14, draw: () => groupsPanel(parts) },
      { width: columns - 14, draw: (width: number) => burnPanel(parts, width) },
    ];
    return { height: summaryHeight, panels };
  }
  const name = Math.min(widestName, Math.max(6, columnsOfTitle(view.panel.title)));
  return {
    height: summaryHeight,
    panels: [
      { width: name, draw: () => levelPanel(parts) },
      { width: 4, draw: () => budgetPanel(parts) },
      { width: 4, draw: () => timePanel(parts) },
      { width: columns - name - 8, draw: (width) => burnPanel(parts, width) },
    ],
  };
}

/** How it came to that. */
function history(parts: Parts): Line {
  // An objective's own dashboard goes on with what is measured.
  if (parts.view.dashboard.topic === 'slo') {
    return {
      height: historyHeight,
      panels: [{ width: columns, draw: (width) => historyPanel(parts, width) }],
    };
  }
  return {
    height: historyHeight,
    panels: [
      { width: columns / 2, draw: (width) => historyPanel(parts, width) },
      { width: columns / 2, draw: (width) => eventsPanel(parts, width) },
    ],
  };
}

/** An objective as a line of panels, and a second one with its history where no dashboard of its own has that. */
export function sloLines(view: PanelView, slo: Slo): readonly Line[] {
  const parts: Parts = { view, slo, links: linksOf(view, slo) };
  const own = boardOfSlo(view.model, slo);
  const elsewhere = own !== undefined && own.name !== view.dashboard.name;
  return elsewhere ? [summary(parts)] : [summary(parts), history(parts)];
}
