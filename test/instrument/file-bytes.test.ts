import { describe, expect, it } from 'vitest';
import { Project } from './file-planning.js';

const text = `import { search } from './search';

/** Answers questions. */
export class Agent {
  readonly name = 'agent';

  async run(task: string) {
    return this.#ask(task);
  }

  #ask(task: string) {
    return search(task);
  }

  constructor(readonly model: string) {
    this.name = model;
  }

  static from(model: string): Agent {
    return new Agent(model);
  }
}

export async function answer(question: string): Promise<string> {
  const parts = [question].map((part) => part.trim());
  return parts.join('\\n');
}

export const ask = async (question: string): Promise<string> => answer(question);

const tools = {
  async execute({ city }: { city: string }) {
    return city;
  },
};

export default function () {
  return tools;
}
`;

/** The same text as different editors leave it. */
const variants: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (same) => same,
  'carriage returns': (same) => same.replaceAll('\n', '\r\n'),
  'a byte order mark': (same) => `\uFEFF${same}`,
  'both of them': (same) => `\uFEFF${same.replaceAll('\n', '\r\n')}`,
  'no final newline': (same) => same.trimEnd(),
  'several final newlines': (same) => `${same}\n\n\n`,
  tabs: (same) => same.replaceAll('  ', '\t'),
  'no semicolons': (same) => same.replaceAll(/;$/gm, ''),
  'double quotes': (same) => same.replaceAll("'", '"'),
  'white space at line ends': (same) => same.replaceAll('{\n', '{  \n').replaceAll(';\n', '; \t\n'),
  'mixed line ends': (same) => same.replaceAll(/\n(?= {2})/g, '\r\n'),
  'no imports': (same) => same.slice(same.indexOf('/**')).replaceAll('search(task)', 'task'),
  'one line': (same) => same.replaceAll(/\/\*.*?\*\/\n/g, '').replaceAll(/\n\s*/g, ' '),
  'characters beyond the basic plane': (same) =>
    same.replaceAll('agent', '🧪ägent').replace('search', 'sęarch'),
};

describe.each(Object.entries(variants))('%s', (_name, vary) => {
  const given = vary(text);

  it('comes back byte for byte, and the second run finds nothing to do', () => {
    using project = new Project({});
    const plan = project.plan('src/agent.ts', given);
    expect(plan.before).toBe(given);
    expect(plan.after).not.toBe(given);
    expect(plan.skipped).toEqual([]);
    expect(project.remove('src/agent.ts', plan.after).after).toBe(given);
    const again = project.plan('src/agent.ts', plan.after);
    expect(again.after).toBe(plan.after);
    expect(again.placed.map(({ place, form }) => [place, form])).toEqual(
      plan.placed.map(({ place, form }) => [place, form]),
    );
    expect(again.placed.every(({ isKept }) => isKept)).toBe(true);
    expect(plan.placed.some(({ isKept }) => isKept)).toBe(false);
  });

  it('keeps its line ends and its byte order mark', () => {
    using project = new Project({});
    const { after } = project.plan('src/agent.ts', given);
    expect(after.startsWith('\uFEFF')).toBe(given.startsWith('\uFEFF'));
    if (!given.includes('\r')) expect(after).not.toContain('\r');
    else if (!/[^\r]\n/.test(given)) expect(after).not.toMatch(/[^\r]\n/);
  });

  it('takes out what the rules no longer choose, and keeps the rest', () => {
    using project = new Project({});
    const { after } = project.plan('src/agent.ts', given);
    const fewer = project.plan('src/agent.ts', after, { names: ['answer', 'run'] });
    expect(fewer.after).toBe(project.plan('src/agent.ts', given, { names: ['answer', 'run'] }).after);
    expect(fewer.placed.map(({ place, isKept }) => [place, isKept])).toEqual([
      ['Agent.run', true],
      ['answer', true],
    ]);
    const more = project.plan('src/agent.ts', fewer.after);
    expect(more.after).toBe(after);
    expect(more.placed.filter(({ isKept }) => isKept).map(({ place }) => place)).toEqual([
      'Agent.run',
      'answer',
    ]);
  });
});

it('says where a place is in the file as it was', () => {
  using project = new Project({});
  const { after } = project.plan('src/agent.ts', text, { names: ['run', '#ask', 'answer'] });
  const again = project.plan('src/agent.ts', after, { names: ['run', '#ask', 'answer', 'ask'] });
  const lines = after.split('\n');
  const shown = again.placed.map(({ place, line }) => [place, lines[line - 1]?.trim()]);
  expect(shown).toEqual([
    ['Agent.run', 'async run(task: string) {'],
    ['Agent.#ask', '#askUntraced(task: string) {'],
    ['answer', 'export async function answer(question: string): Promise<string> {'],
    ['ask', 'export const ask = async (question: string): Promise<string> => answer(question);'],
  ]);
});

it('does nothing where nothing is chosen', () => {
  using project = new Project({});
  const plan = project.plan('src/agent.ts', text, { names: ['nobody'] });
  expect(plan).toEqual({
    path: 'src/agent.ts',
    before: text,
    after: text,
    placed: [],
    skipped: [],
    functions: 9,
  });
});
