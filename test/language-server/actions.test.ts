import { describe, expect, it } from 'vitest';
import { actionsAt } from '../../src/language-server/actions.js';
import { lspRange } from '../../src/language-server/positions.js';
import { toLsp } from '../../src/language-server/diagnostics.js';
import { main, opened, shop, shopWith, type Marked } from './marked.js';

function actionsOf(marked: Marked) {
  const { documents, source, offset, project } = marked;
  return actionsAt(documents, source, lspRange({ source, start: offset, end: offset }), project.diagnostics);
}

/** The text of the main file after the first action whose title fits. */
function after(marked: Marked, title: RegExp): string {
  const action = actionsOf(marked).find((each) => title.test(each.title));
  const [edits = []] = Object.values(action?.edit?.changes ?? {});
  const { source } = marked;
  let { text } = source;
  for (const { range, newText } of edits.toReversed()) {
    const at = ({ line, character }: (typeof range)['start']): number =>
      (source.lineStarts[line] ?? 0) + character;
    text = text.slice(0, at(range.start)) + newText + text.slice(at(range.end));
  }
  return text;
}

const misspelt = shopWith('rate(orders_total{', 'rate(order‸_total{');

describe('quick fixes', () => {
  it('mend what a finding says', () => {
    const marked = opened(misspelt);
    expect(actionsOf(marked)[0]).toMatchObject({ isPreferred: true, kind: 'quickfix' });
    expect(after(marked, /^Replace/)).toBe(shop);
  });

  it('mend all of a file at once', () => {
    const marked = opened(misspelt.replace("good: 'orders_total", "good: 'orders_totl"));
    expect(after(marked, /^Mend all 2/)).toBe(shop);
  });

  it('accept a finding with a reason that is left to be written', () => {
    const marked = opened(
      shopWith(
        '  item: { description: What was ordered., as: product, cap: 20 }',
        '  item: { description: What was ordered., as: product, cap: 20 }\n  idle‸: { description: Nobody has it., values: [a] }',
      ),
    );
    expect(marked.project.diagnostics.map(({ code }) => code)).toContain('OBS3018');
    const text = after(marked, /^Accept OBS3018 at labels.idle/);
    expect(text).toContain(
      "suppress:\n  - { code: OBS3018, at: labels.idle, reason: 'TODO: say why this is accepted' }\n",
    );
    expect(opened(text).project.diagnostics.map(({ code }) => code)).not.toContain('OBS3018');
    // The next one joins the list.
    const second = after(
      opened(text.replace('idle: {', 'idle: { description: x, values: [b] }\n  more‸: {')),
      /^Accept OBS3018 at labels.more/,
    );
    expect(second).toContain(
      "reason: 'TODO: say why this is accepted' }\n  - { code: OBS3018, at: labels.more",
    );
  });

  it('do not offer to accept what cannot be accepted', () => {
    const titles = actionsOf(opened(misspelt)).map(({ title }) => title);
    expect(titles.some((title) => title.startsWith('Accept'))).toBe(false);
  });
});

describe('findings', () => {
  it('are those of the command line, with help, related places and tags', () => {
    const marked = opened(shopWith('labels: [outcome, item]', 'labels: [outcome]'));
    const found = marked.project.diagnostics.map((each) => toLsp(marked.documents, each));
    const idle = found.find(({ code }) => code === 'OBS3018');
    expect(idle).toMatchObject({ source: 'obs-gen', tags: [1], severity: 3 });
    const unknown = found.find(({ code }) => code === 'OBS3111' || code === 'OBS3112');
    expect(unknown?.message).toContain('\nhelp: ');
    expect(unknown?.relatedInformation?.[0]?.location.uri).toBe(`file://${main}`);
  });
});
