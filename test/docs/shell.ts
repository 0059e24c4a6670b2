import type { Block } from './markdown.js';

/** One simple command of a line: its words without quotes, what is set for it, and where its streams go. */
export interface Command {
  /** The line of the document, from 1. */
  readonly line: number;
  /** The text of the whole line, for messages. */
  readonly source: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Files that `<`, `>` and the like name. */
  readonly redirections: readonly string[];
  /** Whether it reads what the command before it writes. */
  readonly isPiped: boolean;
}

interface Word {
  readonly text: string;
  readonly isOperator: boolean;
}

const operators = ['&&', '||', '>>', '2>', '|', ';', '&', '>', '<'];

/** Splits a line as a shell does, as far as documents need it: quotes, escapes, comments, operators, `$(…)` as part of a word. */
function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  let text: string | undefined;
  const end = (): void => {
    if (text !== undefined) words.push({ text, isOperator: false });
    text = undefined;
  };
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    const operator = operators.find(
      (each) => line.startsWith(each, at) && (each !== '2>' || text === undefined),
    );
    if (character === "'" || character === '"') {
      const close = line.indexOf(character, at + 1);
      if (close === -1) throw new Error(`a quote is open: ${line}`);
      text = (text ?? '') + line.slice(at + 1, close);
      at = close;
    } else if (line.startsWith('$(', at)) {
      const close = line.indexOf(')', at);
      if (close === -1) throw new Error(`a bracket is open: ${line}`);
      text = (text ?? '') + line.slice(at, close + 1);
      at = close;
    } else if (character === '\\') {
      at += 1;
      text = (text ?? '') + line.charAt(at);
    } else if (/\s/.test(character)) {
      end();
    } else if (character === '#' && text === undefined) {
      break;
    } else if (operator !== undefined) {
      end();
      words.push({ text: operator, isOperator: true });
      at += operator.length - 1;
    } else {
      text = (text ?? '') + character;
    }
  }
  end();
  return words;
}

/** The simple commands of one line. */
export function commandsOf(source: string, line: number): Command[] {
  const commands: Command[] = [];
  let words: string[] = [];
  let redirections: string[] = [];
  let isPiped = false;
  const end = (next: string): void => {
    const environment: Record<string, string> = {};
    // A loop is what stands in it.
    if (words[0] === 'for' || words[0] === 'done') words = [];
    if (words[0] === 'do') words.shift();
    while (/^[A-Z_][A-Z0-9_]*=/.test(words[0] ?? '')) {
      const [name = '', ...value] = (words.shift() ?? '').split('=');
      environment[name] = value.join('=');
    }
    if (words.length > 0) commands.push({ line, source, words, environment, redirections, isPiped });
    words = [];
    redirections = [];
    isPiped = next === '|';
  };
  let isFile = false;
  for (const { text, isOperator } of wordsOf(source)) {
    if (isOperator && /[<>]/.test(text)) isFile = true;
    else if (isOperator) end(text);
    else if (isFile) {
      redirections.push(text);
      isFile = false;
    } else words.push(text);
  }
  end('');
  return commands;
}

/** The commands of a block: all its lines of `sh`, those behind a prompt of `console`. A backslash at the end goes on with the next line. */
export function commandsIn(block: Block): Command[] {
  const commands: Command[] = [];
  let text = '';
  for (const [index, line] of block.lines.entries()) {
    const isTyped = block.language === 'sh' || line.startsWith('$ ') || text !== '';
    if (!isTyped) continue;
    text += block.language === 'console' && text === '' ? line.slice(2) : line;
    if (text.endsWith('\\')) {
      text = `${text.slice(0, -1)} `;
      continue;
    }
    commands.push(...commandsOf(text, block.line + index));
    text = '';
  }
  return commands;
}
