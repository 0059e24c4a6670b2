import type { Range } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../diagnostics/source-file.js';
import { queriesOf } from '../model/checks/query-list.js';
import type { Model } from '../model/model.js';
import type { Position } from '../promql/ast.js';
import { rangeIn } from '../promql/query.js';
import { durations, walk } from '../promql/walk.js';
import { positionAt } from './positions.js';

/** What the parts of a query are, in the terms that colour themes know. */
export const tokenTypes = ['variable', 'property', 'function', 'string', 'number', 'operator'] as const;

interface Token {
  readonly start: number;
  readonly end: number;
  readonly type: (typeof tokenTypes)[number];
}

/** The parts of all queries in a file, as the protocol packs them: five numbers a token, each place counted from the one before. */
export function semanticTokens(source: SourceFile, model: Model): number[] {
  const tokens = tokensOf(source, model).sort((a, b) => a.start - b.start || a.end - b.end);
  const data: number[] = [];
  let [line, character] = [0, 0];
  let end = 0;
  for (const token of tokens) {
    const from = positionAt(source, token.start);
    const to = positionAt(source, token.end);
    // A token may not go over a line's end, nor begin within another.
    if (from.line !== to.line || token.start < end || token.end <= token.start) continue;
    data.push(
      from.line - line,
      from.line === line ? from.character - character : from.character,
      token.end - token.start,
      tokenTypes.indexOf(token.type),
      0,
    );
    ({ line, character } = from);
    end = token.end;
  }
  return data;
}

function tokensOf(source: SourceFile, model: Model): Token[] {
  const tokens: Token[] = [];
  for (const { query } of queriesOf(model)) {
    const { text, expr } = query;
    if (expr === undefined || text.range.source !== source) continue;
    const add = (at: Position | undefined, type: Token['type']): void => {
      if (at === undefined) return;
      const { start, end }: Range = rangeIn(text, at);
      tokens.push({ start, end, type });
    };
    walk(expr, (each) => {
      switch (each.kind) {
        case 'selector':
          add(each.metricAt, 'variable');
          for (const { labelAt, valueAt } of each.matchers) {
            add(labelAt, 'property');
            add(valueAt, 'string');
          }
          return;
        case 'call':
          add(each.funcAt, 'function');
          return;
        case 'aggregation':
          add(each.opAt, 'function');
          for (const at of each.grouping?.labelsAt ?? []) add(at, 'property');
          return;
        case 'binary':
          add(each.opAt, 'operator');
          for (const at of each.matching?.labelsAt ?? []) add(at, 'property');
          for (const at of each.matching?.group?.includeAt ?? []) add(at, 'property');
          return;
        case 'number':
          add(each.at, 'number');
          return;
        case 'string':
          add(each.at, 'string');
          return;
        default:
      }
    });
    for (const { at } of durations(expr)) add(at, 'number');
  }
  return tokens;
}
