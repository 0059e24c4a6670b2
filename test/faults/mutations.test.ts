import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { analyseLoaded } from '../../src/analyse.js';
import { hasErrors } from '../../src/diagnostics/create.js';
import { renderGithub } from '../../src/diagnostics/render/github.js';
import { renderJson } from '../../src/diagnostics/render/json.js';
import { renderPretty } from '../../src/diagnostics/render/pretty.js';
import { renderSarif } from '../../src/diagnostics/render/sarif.js';
import { emit, emitters } from '../../src/emit/index.js';
import { loadSpecText } from '../../src/spec/load.js';
import { testToday } from '../support/model.js';
import { isLong } from '../support/long.js';
import { pace } from '../support/pace.js';

/** Whole specs with parts exchanged for other parts go through every stage: no throw, no run without an end. */
const specs = ['alex', 'ims-core', 'research-agent'].map((name) =>
  readFileSync(join(import.meta.dirname, `../cases/${name}/observability.yaml`), 'utf8'),
);
const words = [...new Set(specs.join('\n').match(/[A-Za-z_][\w.]*/g) ?? [])];
const values =
  '0 -1 1e9 1e-9 .inf 12345678901234567890 ~ [] {} "" true 5m 0.995 100% up __proto__ constructor toString'.split(
    ' ',
  );

const share = fc.double({ min: 0, max: 0.9999, noNaN: true });
const mutation = fc.record({
  kind: fc.constantFrom('word', 'value', 'key', 'drop', 'repeat', 'indent', 'bits'),
  at: share,
  to: share,
  word: fc.constantFrom(...words, ...values),
});

function mutate(
  text: string,
  { kind, at, to, word }: typeof mutation extends fc.Arbitrary<infer T> ? T : never,
) {
  const lines = text.split('\n');
  const line = Math.floor(at * lines.length);
  const put = (pattern: RegExp): string => {
    const found = [...text.matchAll(pattern)];
    const match = found[Math.floor(at * found.length)];
    return match === undefined
      ? text
      : text.slice(0, match.index) + word + text.slice(match.index + match[0].length);
  };
  switch (kind) {
    case 'word':
      return put(/[\w.]+/g);
    case 'value':
      return put(/(?<=: )[^\n,{}[\]]+/g);
    case 'key':
      return put(/\w+(?=:)/g);
    case 'drop':
      return lines.toSpliced(line, 1).join('\n');
    case 'repeat':
      return lines.toSpliced(Math.floor(to * lines.length), 0, lines[line] ?? '').join('\n');
    case 'indent':
      return lines.with(line, `  ${lines[line] ?? ''}`).join('\n');
    case 'bits': {
      const bytes = Buffer.from(text);
      const place = Math.floor(at * bytes.length);
      bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(to * 7));
      return bytes.toString('utf8');
    }
  }
}

/** The tests of rules take more time than all else together: they are made of every tenth model, and not timed. */
const timed = emitters.filter(({ id }) => id !== 'prometheus-tests');
let compiled = 0;

it('of specs lead to files or to findings', () => {
  const changed = fc
    .tuple(fc.constantFrom(...specs), fc.array(mutation, { minLength: 1, maxLength: 5 }))
    .map(([spec, mutations]) => mutations.reduce(mutate, spec));
  fc.assert(
    fc.property(changed, (text) => {
      const before = process.cpuUsage();
      const { model, diagnostics } = analyseLoaded(loadSpecText(new Map([['a', text]]), 'a'), testToday);
      if (model === undefined) expect(hasErrors(diagnostics)).toBe(true);
      else if (!hasErrors(diagnostics))
        expect(timed.flatMap((each) => each.files(model)).length).toBeGreaterThan(0);
      renderPretty(diagnostics, { color: true });
      renderGithub(diagnostics, { directory: '' });
      renderSarif(diagnostics, { version: '1.0.0' });
      expect(() => JSON.parse(renderJson(diagnostics)) as unknown).not.toThrow();
      // What one takes is a few hundredths of a second.
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(5000 * pace());
      if (model === undefined || hasErrors(diagnostics)) return;
      compiled += 1;
      if (compiled % 10 === 1) expect(emit(model).length).toBeGreaterThan(0);
    }),
    { numRuns: Number(process.env['MUTATIONS'] ?? (isLong ? 1000 : 60)) },
  );
});
