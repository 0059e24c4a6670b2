import { diagnostic } from '../../../diagnostics/create.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import type { Text } from '../../../diagnostics/text.js';
import type { Rule as Check } from '../../../model/checks/rule.js';
import { rangeIn, written } from '../../../promql/query.js';
import { locate } from '../../../spec/located.js';
import { patternFault, type PatternFault } from '../pattern-fault.js';
import { writtenRules } from './written-rule.js';

const nameKeys = [
  'class',
  'method',
  'function',
  'variable',
  'implements',
  'extends',
  'decorator',
  'imports',
  'call',
  'tool',
  'toolBy',
] as const;

function finding(text: Text, fault: PatternFault): Diagnostic {
  const { from, to, message, help, fix } = fault;
  const range = rangeIn(text, { from, to });
  return diagnostic('OBS5004', {
    message,
    range,
    help,
    fix: fix === undefined ? undefined : { range, text: written(text, fix) },
  });
}

/** OBS5004: patterns of names and files that mean something, also those of `include` and `exclude`. */
export const rulePatterns: Check = function* (input) {
  for (const rule of writtenRules(input)) {
    for (const { match, at } of rule.matches) {
      for (const key of [...nameKeys, 'file'] as const) {
        const pattern = match[key];
        const text = pattern === undefined ? undefined : rule.text(pattern, ...at, key);
        const fault = text === undefined ? undefined : patternFault(text.value, key);
        if (text !== undefined && fault !== undefined) yield finding(text, fault);
      }
    }
  }
  for (const key of ['include', 'exclude'] as const) {
    const list = locate(input.loaded.root, ['instrument', key]);
    for (const item of list?.kind === 'sequence' ? list.items : []) {
      if (item.kind !== 'scalar' || typeof item.value !== 'string') continue;
      const fault = patternFault(item.value, 'file');
      if (fault !== undefined) yield finding(item.text, fault);
    }
  }
};
