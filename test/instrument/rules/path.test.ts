import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literalOf, literalText, mostSteps, readPath } from '../../../src/instrument/paths/path.js';

describe('a path', () => {
  it.each([
    ['args', 'args', []],
    ['args.0', 'args', ['0']],
    ['args.12.model', 'args', ['12', 'model']],
    ['args.length', 'args', ['length']],
    ['this.name', 'this', ['name']],
    ['this.$client._key', 'this', ['$client', '_key']],
    ['result.usage.input-tokens', 'result', ['usage', 'input-tokens']],
    ['result.größe', 'result', ['größe']],
  ] as const)('%s', (text, root, steps) => {
    const read = readPath(text);
    if (!('path' in read) || read.path.kind !== 'value') throw new Error('no path');
    expect(read.path.root).toBe(root);
    expect(read.path.steps.map(({ name }) => name)).toEqual(steps);
    for (const { name, from, to } of read.path.steps) expect(text.slice(from, to)).toBe(name);
  });

  it.each(['name', 'class', 'tool'] as const)('may be %s, which the code says', (fact) => {
    expect(readPath(fact)).toEqual({ path: { kind: 'fact', fact } });
  });

  it.each([
    ['=chat', 'chat'],
    ['=', ''],
    ['=2', 2],
    ['=-1.5', -1.5],
    ['=true', true],
    ['=false', false],
    ['=null', 'null'],
    ['="2"', '2'],
    ['=args.0', 'args.0'],
    ['=[1]', '[1]'],
    ['=a "b"', 'a "b"'],
  ])('%s is the value itself', (text, value) => {
    expect(readPath(text)).toEqual({ path: { kind: 'literal', value } });
  });

  it('gives back what a value is written as', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom('1', 'true', '"a"', '-0'),
    );
    fc.assert(
      fc.property(value, (each) => {
        expect(literalOf(literalText(each).slice(1))).toBe(each);
      }),
    );
  });

  it.each([
    ['', 'a path does not begin with a dot'],
    ['.name', 'a path does not begin with a dot'],
    ['arg.0', 'a path does not begin with `arg`'],
    ['model', 'a path does not begin with `model`'],
    ['args.01', 'arguments have no names'],
    ['args.100', 'arguments have no names'],
    ['args.-1', 'arguments have no names'],
    ['this..name', 'nothing stands between two dots'],
    ['this.', 'nothing stands behind the last dot'],
    ['this. name', 'unexpected ` `'],
    ['this.#name', 'private members'],
    ['args[0]', 'paths have no brackets'],
    ['args.0.run()', 'it calls nothing'],
    ['args.0?.name', '`?.` is not needed'],
    ['args.0 ?? 1', 'unexpected ` `'],
    ['args.*', 'a path has no wildcards'],
    ["this.'a'", 'a path has no quotes'],
    ['name.length', 'it has no properties'],
    [`this${'.a'.repeat(mostSteps + 1)}`, `${mostSteps} are read`],
  ])('is refused: %s', (text, message) => {
    const read = readPath(text);
    if (!('fault' in read)) throw new Error('no fault');
    const { fault } = read;
    expect(fault.message).toContain(message);
    expect(fault.from).toBeLessThanOrEqual(fault.to);
    expect(fault.to).toBeLessThanOrEqual(text.length);
  });

  it('is mended by what is offered', () => {
    for (const text of ['args[0].model', 'argument.0', 'args.0?.name', 'response.usage', 'this[name]']) {
      const read = readPath(text);
      if (!('fault' in read) || read.fault.fix === undefined) throw new Error(text);
      const { from, to, fix } = read.fault;
      expect(readPath(text.slice(0, from) + fix + text.slice(to)), text).toHaveProperty('path');
    }
  });

  it('is never a throw, and a fault lies in the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readPath(text);
        if ('fault' in read) expect(read.fault.to).toBeLessThanOrEqual(Math.max(text.length, 0));
      }),
    );
  });
});
