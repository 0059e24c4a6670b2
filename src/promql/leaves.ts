import type { AtModifier, Duration, Expr, Matcher, MatcherOperator, NumberLiteral, Position } from './ast.js';
import { parseDuration } from './duration.js';
import type { Fault, FaultCode } from './fault.js';
import { regexFault } from './regex.js';
import type { Scan } from './scan.js';
import { unquoteString } from './strings.js';
import { childNamed, childrenNamed, containsError, hasError, position, type GrammarNode } from './tree.js';

/** Bases as Go reads them: 0x1f is 31, 010 is 8, 1_000 is 1000; and Prometheus: 1h is 3600. */
function parseNumber(text: string): number | undefined {
  const plain = text.replace(/_/g, '').toLowerCase();
  if (/^[+-]?inf$/.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
  if (plain === 'nan') return NaN;
  if (/^0[0-7]+$/.test(plain)) return parseInt(plain, 8);
  const value = Number(plain);
  return Number.isNaN(value) ? parseDuration(plain) : value;
}

/** Whether a series without the label meets the matcher. */
function matchesEmpty({ operator, value }: Matcher): boolean {
  switch (operator) {
    case '=':
      return value === '';
    case '!=':
      return value !== '';
    default: {
      // Only what is certain: an unusual pattern is taken to ask for something.
      const empty = value === '' || /^(?:\.\*|\(\.\*\)|\^?\$?|\^?\.\*\$?)$/.test(value);
      return operator === '=~' ? empty : !empty && /^[\w-]+$/.test(value);
    }
  }
}

/**
 * Reads what holds no further expression: selectors, matchers, labels, numbers, strings and durations. Undefined stands for what has a
 * fault.
 */
export class LeafReader {
  readonly text: string;
  readonly scan: Scan;
  readonly faults: Fault[] = [];

  /** @param text the masked text that the tree was made of */
  constructor(text: string, scan: Scan) {
    this.text = text;
    this.scan = scan;
  }

  slice(node: Position): string {
    return this.text.slice(node.from, node.to);
  }

  refuse(code: FaultCode, at: Position, message: string, help?: string): void {
    this.faults.push({ code, at: position(at), message, help });
  }

  number(node: Position): NumberLiteral | undefined {
    const variable = this.scan.variables.get(node.from);
    if (variable !== undefined)
      return { kind: 'number', value: NaN, text: variable.name, at: { from: node.from, to: variable.to } };
    const value = parseNumber(this.slice(node));
    return value === undefined ? undefined : { kind: 'number', value, at: position(node) };
  }

  string(node: GrammarNode): string | undefined {
    const { value, fault } = unquoteString(this.slice(node));
    if (fault === undefined) return value;
    const at = { from: node.from + fault.from, to: node.from + fault.to };
    this.refuse('OBS3101', at, fault.message, 'write a backslash itself as \\\\, or use back-quotes: `…`');
    return undefined;
  }

  labels(node: GrammarNode): { readonly names: readonly string[]; readonly at: readonly Position[] } {
    const found = node.children.filter((child) => /^(?:Quoted)?LabelName$/.test(child.name));
    return { names: found.map((child) => this.labelName(child)), at: found.map(position) };
  }

  labelName(node: GrammarNode): string {
    const text = this.slice(node);
    return node.name === 'QuotedLabelName' ? unquoteString(text).value : text;
  }

  evaluatedAt(node: GrammarNode): AtModifier | undefined {
    const preprocessor = childNamed(node, 'AtModifierPreprocessors');
    if (preprocessor !== undefined)
      return { preprocessor: this.slice(preprocessor).toLowerCase() === 'start' ? 'start' : 'end' };
    const literals = childrenNamed(node, 'NumberDurationLiteral');
    const timestamp = parseNumber(literals.at(-1) ? this.slice(literals.at(-1) ?? node) : '');
    if (timestamp !== undefined && Number.isFinite(timestamp)) return { timestamp };
    this.refuse(
      'OBS3101',
      literals.at(-1) ?? node,
      '`@` needs a time in seconds since 1970, start() or end()',
    );
    return undefined;
  }

  /** @param isOffset an offset may be zero or negative, a range may not */
  duration(node: GrammarNode, isOffset: boolean): Duration | undefined {
    const text = this.slice(node);
    const at = position(node);
    const variable = this.scan.variables.get(node.from);
    if (variable !== undefined && variable.to === node.to)
      return { kind: 'variable', name: variable.name, at };
    const sign = /^[-+]\s*/.exec(text)?.[0] ?? '';
    const seconds = parseDuration(text.slice(sign.length).replace(/^\+/, ''));
    if (seconds === undefined) {
      if (containsError(node)) return undefined;
      this.refuse(
        'OBS3105',
        node,
        'arithmetic with durations is experimental in Prometheus',
        'write the duration that comes out of it, such as 10m',
      );
      return undefined;
    }
    const value = sign.startsWith('-') ? -seconds : seconds;
    if (!isOffset && value <= 0) {
      this.refuse('OBS3101', node, 'this duration has to be longer than nothing', 'write for example 5m');
      return undefined;
    }
    return { kind: 'duration', seconds: value, at };
  }

  selector(node: GrammarNode): Expr | undefined {
    const identifier = childNamed(node, 'Identifier');
    const list = childNamed(node, 'LabelMatchers');
    if (hasError(node) || (list !== undefined && hasError(list))) return undefined;
    const matchers: Matcher[] = [];
    let metric = identifier === undefined ? undefined : this.slice(identifier);
    let metricAt = identifier === undefined ? undefined : position(identifier);
    let complete = true;
    for (const child of list === undefined ? [] : list.children) {
      if (child.name === 'QuotedLabelName') {
        if (metric !== undefined) {
          this.refuse(
            'OBS3101',
            child,
            `the name of the metric stands twice: \`${metric}\` and ${this.slice(child)}`,
          );
          complete = false;
        }
        metric = this.labelName(child);
        metricAt = position(child);
      } else if (child.name.endsWith('LabelMatcher')) {
        const matcher = this.matcher(child);
        if (matcher === undefined) complete = false;
        else matchers.push(matcher);
      }
    }
    // What was reported and masked in the braces may be all that the selector asked for.
    const isDoubtful = this.scan.faults.some(({ at }) => at.from > node.from && at.from < node.to);
    if (!complete || isDoubtful) return undefined;
    const named = matchers.find((each) => each.label === '__name__');
    if (named !== undefined && metric !== undefined) {
      this.refuse(
        'OBS3101',
        named.at ?? node,
        `the name of the metric stands twice: \`${metric}\` and \`${named.value}\``,
      );
      return undefined;
    }
    if (metric === undefined && matchers.every(matchesEmpty)) {
      this.refuse(
        'OBS3107',
        node,
        'this selector matches every series there is',
        'name a metric, or add a matcher that an absent label does not meet: {job="agent"}',
      );
      return undefined;
    }
    return { kind: 'selector', metric, ...(metricAt && { metricAt }), matchers, at: position(node) };
  }

  matcher(node: GrammarNode): Matcher | undefined {
    const name = childNamed(node, 'LabelName') ?? childNamed(node, 'QuotedLabelName');
    const literal = childNamed(node, 'StringLiteral');
    const op = childNamed(node, 'MatchOp');
    if (hasError(node) || name === undefined || literal === undefined || op === undefined) return undefined;
    const value = this.string(literal);
    if (value === undefined) return undefined;
    const operator = this.slice(op) as MatcherOperator;
    const label = this.labelName(name);
    if (operator.endsWith('~') && !this.regex(literal, value)) return undefined;
    return {
      label,
      operator,
      value,
      at: position(node),
      labelAt: position(name),
      valueAt: position(literal),
    };
  }

  /** Whether RE2 takes the pattern that a string literal holds. */
  regex(literal: Position, value: string): boolean {
    const refused = regexFault(value);
    if (refused === undefined) return true;
    const { offsets } = unquoteString(this.slice(literal));
    const from = literal.from + (offsets[refused.from] ?? 0);
    const to = Math.max(from + 1, literal.from + (offsets[refused.to] ?? literal.to - literal.from));
    this.refuse('OBS3104', { from, to }, refused.message, refused.help);
    return false;
  }
}
