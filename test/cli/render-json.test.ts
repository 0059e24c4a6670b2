import { expect, it } from 'vitest';
import { renderJson } from '../../src/diagnostics/render/json.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { finding, rangeOf } from './sample.js';

const source = new SourceFile('dir/a.yaml', 'one: 1\r\ntwo: "\u{1f600}x"\r\nthree: 3\n');

it('prints the documented shape, columns in UTF-16 code units from 1', () => {
  const text = renderJson([
    finding({
      message: 'm',
      range: rangeOf(source, 'x'),
      related: [{ range: rangeOf(source, 'one: 1\r\ntwo'), message: 'r' }],
      help: 'h',
      fix: { range: rangeOf(source, 'three'), text: 'four' },
    }),
  ]);
  expect(JSON.parse(text)).toEqual({
    diagnostics: [
      {
        code: 'OBS2001',
        severity: 'error',
        message: 'm',
        range: { file: 'dir/a.yaml', start: { line: 2, column: 9 }, end: { line: 2, column: 10 } },
        related: [
          {
            range: { file: 'dir/a.yaml', start: { line: 1, column: 1 }, end: { line: 2, column: 4 } },
            message: 'r',
          },
        ],
        help: 'h',
        fix: {
          range: { file: 'dir/a.yaml', start: { line: 3, column: 1 }, end: { line: 3, column: 6 } },
          text: 'four',
        },
      },
    ],
  });
  expect(text.endsWith('}\n')).toBe(true);
});

it('leaves out what there is not, and is a document for no diagnostics too', () => {
  expect(JSON.parse(renderJson([finding({ severity: 'info', message: 'm' })]))).toEqual({
    diagnostics: [{ code: 'OBS2001', severity: 'info', message: 'm', related: [] }],
  });
  expect(JSON.parse(renderJson([]))).toEqual({ diagnostics: [] });
});

it('prints all, however many', () => {
  const many = Array.from({ length: 1000 }, (_, index) => finding({ message: `m ${index}` }));
  expect((JSON.parse(renderJson(many)) as { diagnostics: unknown[] }).diagnostics).toHaveLength(1000);
});
