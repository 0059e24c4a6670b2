import type { Model } from '../../../model/model.js';
import type { Analysis } from '../analysis.js';
import { shownName, type ScoredFunction } from '../scored.js';
import { groupsOf, unfit, type Group } from './groups.js';
import type { Proposal, ProposedRule, ProposedSpan } from './proposal.js';
import { spanFor } from './spans.js';

/** Rules for the functions with the highest scores that are not observed, and the spans that they need beyond those of the spec. */
export function proposalOf({ functions }: Analysis, model: Model | undefined, top: number): Proposal {
  const open = functions.filter(isOpen).slice(0, top);
  const left = open.flatMap((each) => {
    const why = unfit(each);
    return why === undefined ? [] : [`${shownName(each)} (${each.path}:${each.line}): ${why}`];
  });
  const spans = new Map<string, ProposedSpan>();
  const names = new Set(model?.sections.instrument?.rules?.map(({ name }) => name));
  const rules: ProposedRule[] = [];
  for (const group of groupsOf(open.filter((each) => unfit(each) === undefined))) {
    const shared = sharedSpan(group, spans);
    const { name, attributes, proposed } = spanFor(
      group,
      model,
      shared === undefined ? new Set(spans.keys()) : new Set(),
    );
    if (proposed !== undefined) spans.set(proposed.name, merged(spans.get(proposed.name), proposed));
    rules.push({
      name: ruleName(group, name, names),
      match: group.match,
      span: name,
      attributes,
      because: group.targets.map(reasonOf),
    });
  }
  return { rules, spans: [...spans.values()], left };
}

/** What a span would help. */
function isOpen({ observed, missing }: ScoredFunction): boolean {
  return observed === undefined && missing.some(({ gap }) => gap === 'tracing' || gap === 'metrics');
}

/** All calls of models share a span, and all tools. */
function sharedSpan({ form }: Group, spans: ReadonlyMap<string, ProposedSpan>): ProposedSpan | undefined {
  return form === 'call' ? spans.get('model.call') : form === 'tool' ? spans.get('tool.call') : undefined;
}

function merged(known: ProposedSpan | undefined, next: ProposedSpan): ProposedSpan {
  return known === undefined ? next : { ...next, attributes: { ...known.attributes, ...next.attributes } };
}

/** Names that summaries can tell apart. */
function ruleName({ form, match, targets }: Group, span: string, taken: Set<string | undefined>): string {
  const [first] = targets;
  const base = (
    form === 'call'
      ? `calls of ${match.call ?? ''}`
      : form === 'tool'
        ? 'tools'
        : form === 'class'
          ? `${first?.className ?? ''}: ${span}`
          : span
  )
    .replace(/[^A-Za-z0-9 _.:/-]/g, '')
    .replace(/ \./g, ' ')
    .slice(0, 70);
  let name = /^[A-Za-z0-9]/.test(base) ? base : `rule ${base}`;
  for (let number = 2; taken.has(name); number += 1) name = `${base} ${number}`;
  taken.add(name);
  return name;
}

function reasonOf(each: ScoredFunction): string {
  const [first] = [...each.reasons].sort((a, b) => b.points - a.points);
  return `${shownName(each)} (${each.path}:${each.line}), score ${each.score}: ${first?.what ?? ''}`;
}
