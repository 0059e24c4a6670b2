import type { PanelFacts } from '../browser/facts.js';

/** Something on a picture that must not be. */
export interface Defect {
  readonly kind:
    | 'error'
    | 'empty'
    | 'not drawn'
    | 'still loading'
    | 'overlap'
    | 'beyond the edge'
    | 'cut off'
    | 'unresolved variable'
    | 'console'
    | 'missing';
  /** Undefined: the page as a whole. */
  readonly panel: string | undefined;
  readonly message: string;
}

const slack = 2;

function overlaps(a: PanelFacts, b: PanelFacts): boolean {
  return (
    a.left + slack < b.left + b.width &&
    b.left + slack < a.left + a.width &&
    a.top + slack < b.top + b.height &&
    b.top + slack < a.top + a.height
  );
}

function* ofPanel(panel: PanelFacts, width: number): Iterable<Omit<Defect, 'panel'>> {
  if (panel.failure !== undefined) yield { kind: 'not drawn', message: panel.failure };
  for (const message of panel.errors) yield { kind: 'error', message };
  if (panel.loading) yield { kind: 'still loading', message: 'its queries have not been answered' };
  else if (panel.asks && panel.errors.length === 0 && panel.values === 0)
    yield { kind: 'empty', message: 'its queries bring no value' };
  if (panel.left < -slack || panel.left + panel.width > width + slack)
    yield {
      kind: 'beyond the edge',
      message: `it reaches from ${panel.left} to ${panel.left + panel.width} of ${width} pixels`,
    };
  for (const name of panel.unresolved)
    yield { kind: 'unresolved variable', message: `a link names ${name}, which nobody replaces` };
  for (const { text, where, missing } of panel.cut) {
    // A table's cell may be narrower than its text: it is read by its tooltip, and its column can be widened.
    if (where !== 'cell') yield { kind: 'cut off', message: `${where} "${text}" lacks ${missing} pixels` };
  }
}

/** What is wrong with a page. @param expected ids of the panels that have to be there */
export function judge(
  facts: readonly PanelFacts[],
  page: { readonly width: number; readonly console: readonly string[]; readonly expected: readonly number[] },
): readonly Defect[] {
  const defects: Defect[] = page.console.map((message) => ({ kind: 'console', panel: undefined, message }));
  const drawn = new Set(facts.map(({ id }) => id));
  for (const id of page.expected.filter((each) => !drawn.has(each)))
    defects.push({ kind: 'missing', panel: undefined, message: `panel ${id} is not drawn` });
  facts.forEach((panel, index) => {
    for (const defect of ofPanel(panel, page.width)) defects.push({ ...defect, panel: panel.title });
    for (const other of facts.slice(index + 1).filter((each) => overlaps(panel, each)))
      defects.push({ kind: 'overlap', panel: panel.title, message: `it lies over "${other.title}"` });
  });
  return defects;
}
