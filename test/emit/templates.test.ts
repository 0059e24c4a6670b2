import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../src/emit/templates.js';
import { packageRoot } from '../../src/package-root.js';

const folder = join(packageRoot, 'templates');
const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.hbs'),
);

/** Helpers that templates may use; everything else is worked out in the view. */
const allowed = new Set(['if', 'unless', 'each', 'with', 'lookup']);

interface Found {
  readonly triple: number;
  readonly partials: number;
  readonly helpers: readonly string[];
}

function inspect(source: string): Found {
  const found = { triple: 0, partials: 0, helpers: [] as string[] };
  class Finder extends Handlebars.Visitor {
    override MustacheStatement(node: hbs.AST.MustacheStatement): void {
      if (
        /^\{\{\{|^\{\{&/.test(source.split('\n')[node.loc.start.line - 1]?.slice(node.loc.start.column) ?? '')
      )
        found.triple += 1;
      if (node.params.length > 0) found.helpers.push((node.path as hbs.AST.PathExpression).original);
      super.MustacheStatement(node);
    }
    override BlockStatement(node: hbs.AST.BlockStatement): void {
      found.helpers.push(node.path.original);
      super.BlockStatement(node);
    }
    override SubExpression(node: hbs.AST.SubExpression): void {
      found.helpers.push(node.path.original);
      super.SubExpression(node);
    }
    override PartialStatement(): void {
      found.partials += 1;
    }
    override PartialBlockStatement(): void {
      found.partials += 1;
    }
    override DecoratorBlock(): void {
      found.partials += 1;
    }
  }
  new Finder().accept(Handlebars.parse(source));
  return found;
}

describe('templates', () => {
  it('exist', () => {
    expect(templates.length).toBeGreaterThan(0);
  });

  it.each(templates)('%s uses plain mustaches and the allowed helpers alone', (file) => {
    const { triple, partials, helpers } = inspect(readFileSync(join(folder, file), 'utf8'));
    expect({ triple, partials }).toEqual({ triple: 0, partials: 0 });
    expect(helpers.filter((helper) => !allowed.has(helper))).toEqual([]);
  });

  it.each([
    ['{{{x}}}', { triple: 1 }],
    ['{{&x}}', { triple: 1 }],
    ['{{> other}}', { partials: 1 }],
    ['{{shout x}}', { helpers: ['shout'] }],
    ['{{#if (shout x)}}a{{/if}}', { helpers: ['if', 'shout'] }],
  ])('the inspection sees %s', (source, expected) => {
    expect(inspect(source)).toMatchObject(expected);
  });

  it('throw where the view lacks what they name', () => {
    expect(() => renderTemplate('markdown/telemetry', { title: 'x' })).toThrow(/"intro" not defined/);
  });

  it('throw where there is none of that name', () => {
    expect(() => renderTemplate('markdown/nothing', {})).toThrow(/nothing\.hbs/);
  });

  it('escape nothing: the view holds what has been encoded', () => {
    const sections = [{ link: '<a>', note: '&', anchor: '', heading: '', body: '' }];
    const page = renderTemplate('markdown/telemetry', { title: '"', intro: "'", footer: '`', sections });
    expect(page).toContain('- <a>&');
  });
});
