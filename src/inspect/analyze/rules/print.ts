import { printYaml } from '../../../encode/yaml.js';
import type { Proposal, ProposedRule, ProposedSpan } from './proposal.js';

/** Line ends and controls would end a comment; what the code says is data. */
// eslint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Surrogate}/gu;

/** The proposal as a fragment of a spec, with the reasons as comments. Empty where there is nothing to propose. */
export function printProposal({ rules, spans, left }: Proposal): string {
  if (rules.length === 0) return '';
  const blocks = [
    comment(
      'Proposed by `obs-gen analyze --write-rules`: look at each, give the spans the attributes that you ask for later, and put them under the same keys of the spec.',
      '',
    ),
    ...(spans.length === 0
      ? []
      : [`spans:\n${indented(printYaml(Object.fromEntries(spans.map(spanEntry))), '  ')}`]),
    `instrument:\n  rules:\n${rules.map(ruleText).join('\n')}`,
    ...(left.length === 0
      ? []
      : [[comment('Left out:', ''), ...left.map((each) => comment(`- ${each}`, ''))].join('')]),
  ];
  return blocks.join('\n');
}

function spanEntry({ name, kind, description, attributes }: ProposedSpan): readonly [string, unknown] {
  const entries = Object.entries(attributes).map(([key, type]) => [
    key,
    { type, description: describe(key) },
  ]);
  return [
    name,
    { kind, description, ...(entries.length > 0 && { attributes: Object.fromEntries(entries) as unknown }) },
  ];
}

function describe(attribute: string): string {
  switch (attribute) {
    case 'model':
      return 'Model that is asked.';
    case 'tool':
      return 'Tool that is run.';
    default:
      return 'Function that is run.';
  }
}

function ruleText({ name, match, span, attributes, because }: ProposedRule): string {
  const rule = { name, match, span, ...(Object.keys(attributes).length > 0 && { attributes }) };
  return because.map((each) => comment(each, '    ')).join('') + indented(printYaml([rule]), '    ');
}

function comment(text: string, indent: string): string {
  return `${indent}# ${text.replace(unprintable, ' ')}\n`;
}

function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}
