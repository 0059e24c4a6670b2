import { describe, expect, it } from 'vitest';
import { completionLine } from '../../src/cli/completion/line.js';
import { completionScript, shells } from '../../src/cli/completion/scripts.js';
import { hideDashes } from '../../src/cli/lone-dash.js';
import { refuseOddities } from '../../src/cli/usage.js';

const asked = (...words: readonly string[]): readonly string[] => [
  '--get-yargs-completions',
  'obs-gen',
  ...words,
];

describe('a line that is to be completed', () => {
  it('is the words before the cursor, and the one under it', () => {
    expect(completionLine(asked('validate', '--format', 'g'))).toMatchObject({
      before: ['validate', '--format'],
      current: 'g',
      prefix: '',
    });
    expect(completionLine(asked(''))).toMatchObject({ before: [], current: '' });
  });

  it('has an option that is being begun where two dashes end it', () => {
    const words = asked('build', '--');
    expect(completionLine(words)).toMatchObject({ before: ['build'], current: '-' });
    expect(hideDashes(words).at(-1)).toBe('-');
    // Sent off, it is a slip.
    expect(() => {
      refuseOddities([], words);
    }).not.toThrow();
    expect(() => {
      refuseOddities([], ['build', '--']);
    }).toThrow('no command takes arguments after --');
  });

  it('may have a value in one word with its option', () => {
    for (const [word, value] of [
      ['--format=', ''],
      ['--format=g', 'g'],
      ['--spec=a=b', 'a=b'],
    ] as const) {
      const option = word.slice(0, word.indexOf('='));
      expect(completionLine(asked('validate', word))).toMatchObject({
        before: ['validate', option],
        current: value,
        prefix: `${option}=`,
      });
      expect(hideDashes(asked('validate', word)).slice(-2)).toEqual([option, value]);
    }
  });

  it.each(shells)('is handed over by the script for %s', (shell) => {
    expect(completionScript(shell)).toContain(`SHELL=${shell} `);
    expect(completionScript(shell)).toContain('obs-gen --get-yargs-completions');
  });
});
