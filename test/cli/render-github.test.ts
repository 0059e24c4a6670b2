import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderGithub } from '../../src/diagnostics/render/github.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { finding, rangeOf, spec } from './sample.js';
import { runs } from '../support/long.js';

/** A workflow command as the runner of GitHub Actions reads it: one a line, `%25` undone last. */
function readCommand(line: string): { command: string; properties: Map<string, string>; message: string } {
  const [, command = '', list = '', data = ''] = /^::([a-z]+) (.*?)::(.*)$/.exec(line) ?? [];
  const undo = (text: string, pairs: readonly (readonly [string, string])[]): string =>
    pairs.reduce((result, [escaped, character]) => result.replaceAll(escaped, character), text);
  const inData = [
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%25', '%'],
  ] as const;
  const inProperty = [['%3A', ':'], ['%2C', ','], ...inData] as const;
  const properties = new Map(
    list.split(',').map((pair): [string, string] => {
      const equals = pair.indexOf('=');
      return [pair.slice(0, equals), undo(pair.slice(equals + 1), inProperty)];
    }),
  );
  return { command, properties, message: undo(data, inData) };
}

describe('an annotation', () => {
  it('has the range, the code with its title, the message and the help', () => {
    const text = renderGithub([
      finding({ severity: 'warning', message: '50%: a, b', range: rangeOf(spec, 'typ'), help: 'one\ntwo' }),
    ]);
    expect(text).toBe(
      '::warning file=observability.yaml,line=6,col=5,endLine=6,endColumn=8,title=OBS2001%3A unknown key::50%25: a, b%0Ahelp: one%0Atwo\n',
    );
  });

  it('is an error, a warning or a notice', () => {
    const text = renderGithub(
      (['error', 'warning', 'info'] as const).map((severity) => finding({ severity, message: 'm' })),
    );
    expect(text.split('\n').map((line) => line.split(' ')[0])).toEqual([
      '::error',
      '::warning',
      '::notice',
      '',
    ]);
  });

  it('names the file from the root of the checkout', () => {
    const list = [finding({ message: 'm', range: rangeOf(spec, 'typ') })];
    expect(renderGithub(list, { directory: 'services/shop' })).toContain(
      'file=services/shop/observability.yaml,',
    );
    const beside = new SourceFile('../shared/a.yaml', 'x');
    expect(
      renderGithub([finding({ message: 'm', range: rangeOf(beside, 'x') })], { directory: 'services/shop' }),
    ).toContain('file=services/shared/a.yaml,');
    const outside = new SourceFile('/etc/a.yaml', 'x');
    expect(
      renderGithub([finding({ message: 'm', range: rangeOf(outside, 'x') })], { directory: 'services' }),
    ).toContain('file=/etc/a.yaml,');
  });

  it('is read by the runner as it was meant, whatever it says', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('%', '\r', '\n', ':', ',', '::', '=', '%0A', '%25', 'a', '\u{1f600}', '::error '),
    });
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, message, help) => {
        const source = new SourceFile(`d${path}`, 'abc');
        const text = renderGithub([finding({ message, help, range: { source, start: 1, end: 2 } })]);
        const lines = text.split(/[\r\n]/);
        expect(lines).toHaveLength(2);
        const read = readCommand(lines[0] ?? '');
        expect(read.command).toBe('error');
        expect(read.properties.get('file')).toBe(`d${path}`);
        expect(read.properties.get('title')).toBe('OBS2001: unknown key');
        expect([...read.properties.keys()]).toEqual(['file', 'line', 'col', 'endLine', 'endColumn', 'title']);
        expect(read.message).toBe(`${message}\nhelp: ${help}`);
      }),
      { numRuns: runs(2000) },
    );
  });
});
