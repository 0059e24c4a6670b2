import type { Board, Panel } from '../board.js';
import { button, h, icon } from './dom.js';
import { PanelFrame } from './panel-frame.js';

interface Group {
  /** Undefined: panels before the first row. */
  readonly row: Panel | undefined;
  readonly panels: readonly Panel[];
}

/** The panels of each row; those of a closed row stand inside of it, those of an open one behind it. */
export function groupsOf(board: Board): readonly Group[] {
  const groups: { row: Panel | undefined; panels: Panel[] }[] = [];
  for (const panel of board.panels) {
    if (panel.type === 'row') groups.push({ row: panel, panels: [...(panel.panels ?? [])] });
    else {
      if (groups.length === 0) groups.push({ row: undefined, panels: [] });
      groups.at(-1)?.panels.push(panel);
    }
  }
  return groups;
}

/** A dashboard as Grafana lays it out: 24 columns, rows of 30 pixels with 8 between them. */
export class BoardView {
  readonly element = h('div', { class: 'board' });
  readonly frames: readonly PanelFrame[];
  readonly #shown: (frame: PanelFrame) => void;
  readonly #allOpen: boolean;

  /**
   * @param open rows that were opened or closed by hand
   * @param allOpen rows that the dashboard closes are open until somebody closes them
   * @param shown told of the panels that come into sight when a row is opened
   */
  constructor(
    board: Board,
    open: Map<number, boolean>,
    allOpen: boolean,
    shown: (frame: PanelFrame) => void,
  ) {
    this.#shown = shown;
    this.#allOpen = allOpen;
    const frames: PanelFrame[] = [];
    for (const { row, panels } of groupsOf(board)) {
      const top = Math.min(...panels.map(({ gridPos }) => gridPos.y));
      const grid = h('div', { class: 'grid' });
      const own = panels.map((panel) => {
        const frame = new PanelFrame(panel);
        frame.element.style.setProperty('--y', String(panel.gridPos.y - top + 1));
        return frame;
      });
      frames.push(...own);
      if (row === undefined) grid.append(...own.map(({ element }) => element));
      this.element.append(row === undefined ? grid : this.#row(row, grid, own, open));
    }
    this.frames = frames;
  }

  #row(
    row: Panel,
    grid: HTMLElement,
    frames: readonly PanelFrame[],
    open: Map<number, boolean>,
  ): HTMLElement {
    const id = `row-${row.id}`;
    const usual = this.#allOpen || row.collapsed !== true;
    grid.id = `${id}-panels`;
    const count = frames.length === 1 ? '1 panel' : `${frames.length} panels`;
    const toggle = button(
      { class: 'row-toggle', 'aria-controls': grid.id, 'aria-expanded': 'true', id },
      () => {
        set(toggle.getAttribute('aria-expanded') !== 'true');
        for (const frame of frames) this.#shown(frame);
      },
      icon('down'),
      h('span', { class: 'row-title' }, row.title),
      h('span', { class: 'row-count' }, `(${count})`),
    );
    const set = (isOpen: boolean): void => {
      toggle.setAttribute('aria-expanded', String(isOpen));
      grid.hidden = !isOpen;
      // What nobody has opened yet is not there, so that nobody waits for it.
      if (isOpen && grid.childElementCount === 0) grid.append(...frames.map(({ element }) => element));
      if (isOpen === usual) open.delete(row.id);
      else open.set(row.id, isOpen);
    };
    set(open.get(row.id) ?? usual);
    return h(
      'section',
      { class: 'row', 'data-row-id': row.id, 'aria-labelledby': id },
      h('h2', { class: 'row-head' }, toggle),
      grid,
    );
  }

  destroy(): void {
    for (const frame of this.frames) frame.destroy();
    this.element.remove();
  }
}
