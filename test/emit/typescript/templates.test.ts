import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';

const folder = 'templates/typescript';
const templates = readdirSync(folder).sort();
const knownHelpers = new Set(['each', 'if', 'unless']);

/** The parts of Handlebars' syntax tree that templates may have. */
interface Node {
  readonly type: string;
  readonly escaped?: boolean;
  readonly path?: Node & {
    readonly original: string | boolean;
    readonly depth?: number;
    readonly data?: boolean;
  };
  readonly params?: readonly Node[];
  readonly hash?: Node;
  readonly body?: readonly Node[];
  readonly program?: Node;
  readonly inverse?: Node;
}

/** What is wrong in a template: only fields of the view, plain mustaches and three helpers are right. */
function faults(text: string): string[] {
  const found: string[] = [];
  visit(Handlebars.parse(text));
  return found;

  function visit(node: Node): void {
    switch (node.type) {
      case 'Program':
        for (const child of node.body ?? []) visit(child);
        return;
      case 'ContentStatement':
        return;
      case 'MustacheStatement':
        if (node.escaped !== true) found.push('triple mustache');
        if ((node.params ?? []).length > 0 || node.hash !== undefined) found.push('a call in a mustache');
        field(node.path);
        return;
      case 'BlockStatement':
        if (!knownHelpers.has(String(node.path?.original)))
          found.push(`helper ${String(node.path?.original)}`);
        if (node.params?.length !== 1 || node.hash !== undefined)
          found.push('block with other than one parameter');
        field(node.params?.[0] as Node['path']);
        if (node.program !== undefined) visit(node.program);
        if (node.inverse !== undefined) visit(node.inverse);
        return;
      default:
        found.push(node.type);
    }
  }

  function field(path: Node['path']): void {
    const isField = path?.type === 'PathExpression' && path.depth === 0 && path.data !== true;
    if (!isField || !/^(this|[a-z][A-Za-z]*)$/.test(String(path.original)))
      found.push(`field ${String(path?.original)}`);
  }
}

describe('the templates of TypeScript', () => {
  test('are these', () => {
    expect(templates).toEqual(
      [
        'agents',
        'correlation',
        'cost',
        'decorators',
        'errors',
        'gpu',
        'http',
        'index',
        'instrument',
        'labels',
        'logs',
        'metrics',
        'redaction',
        'register',
        'security',
        'spans',
        'telemetry',
      ].map((name) => `${name}.hbs`),
    );
  });

  test.each(templates)('%s shows fields of its view and nothing else', (name) => {
    expect(faults(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
  });

  test.each([
    ['{{{raw}}}', 'triple mustache'],
    ['{{&raw}}', 'triple mustache'],
    ['{{helper field}}', 'a call in a mustache'],
    ['{{> partial}}', 'PartialStatement'],
    ['{{> (lookup . "name")}}', 'PartialStatement'],
    ['{{#unknown field}}{{/unknown}}', 'helper unknown'],
    ['{{#each (lookup . "x")}}{{/each}}', 'field undefined'],
    ['{{constructor.name}}', 'field constructor.name'],
    ['{{../up}}', 'field ../up'],
    ['{{@root}}', 'field @root'],
    ['{{!-- a comment --}}', 'CommentStatement'],
  ])('%s would be refused', (template, fault) => {
    expect(faults(template)).toContain(fault);
  });
});
