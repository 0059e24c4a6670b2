import { format, type Options } from 'prettier';
import { describe, expect, it } from 'vitest';
import { Project } from './file-planning.js';

const attributes = [
  ['task.text', 'args.0.text'],
  ['task.kind', 'args.0.options.kind'],
  ['agent.name', 'this.name'],
] as const;

const text = `import { search, type Task } from './search';

export class Agent {
  private readonly name = 'agent';

  constructor(model: string) {
    const text = \`
      \${model}
    \`;
    this.name = text;
  }

  async run(task: Task) {
    return this.#ask(task);
  }

  get size() {
    return this.name.length;
  }

  #ask(task: Task) {
    return search(task);
  }
}

export async function answer(task: Task): Promise<string> {
  const parts = [task].map((part) => part.trim());
  return parts.join('\\n');
}

export const ask = async (task: Task): Promise<string> => answer(task);

export const tools = [
  {
    async execute({ text, kind }: Task) {
      const made = \`
  kept
\`;
      return text + kind + made;
    },
  },
].map((tool) => ({ ...tool, used: true }));

export const model = (client: Client) => client.chat.completions.create({ model: 'a', messages: [] });
`;

const styles: readonly Options[] = [
  { singleQuote: true },
  { singleQuote: true, semi: false },
  { printWidth: 40, trailingComma: 'all' },
  { useTabs: true, trailingComma: 'none', arrowParens: 'avoid', quoteProps: 'consistent' },
  { tabWidth: 4, printWidth: 60, objectWrap: 'collapse' },
];

describe.each(styles)('formatted by %o', (style) => {
  const formatted = (given: string): Promise<string> => format(given, { ...style, parser: 'typescript' });

  it('comes back, and the second run finds nothing to do', async () => {
    using project = new Project({ 'tsconfig.json': '{"compilerOptions":{"module":"esnext"}}' });
    const before = await formatted(text);
    const choice = { insertion: { attributes }, calls: true };
    const { after, skipped } = project.plan('src/agent.ts', before, choice);
    expect(skipped).toEqual([]);
    const settled = await formatted(after);
    expect(settled).not.toBe(before);
    const again = project.plan('src/agent.ts', settled, choice);
    expect(again.after).toBe(settled);
    expect(again.placed.every(({ isKept }) => isKept)).toBe(true);
    expect(await formatted(project.remove('src/agent.ts', settled).after)).toBe(before);
  });

  it('keeps what people have changed inside of functions', async () => {
    using project = new Project({ 'tsconfig.json': '{"compilerOptions":{"module":"esnext"}}' });
    const choice = { insertion: { attributes } };
    const edited = (given: string): string =>
      given.replace('this.name = text', 'this.name = text.trim()').replace('text + kind', 'kind + text');
    const settled = await formatted(project.plan('src/agent.ts', await formatted(text), choice).after);
    const removed = project.remove('src/agent.ts', edited(settled));
    expect(await formatted(removed.after)).toBe(edited(await formatted(text)));
    expect(project.plan('src/agent.ts', edited(settled), choice).after).toBe(edited(settled));
  });
});

it('sees a change of the rules in a formatted file', async () => {
  using project = new Project({ 'tsconfig.json': '{"compilerOptions":{"module":"esnext"}}' });
  const formatted = (given: string): Promise<string> =>
    format(given, { printWidth: 40, parser: 'typescript' });
  const before = await formatted(text);
  const settled = await formatted(project.plan('a.ts', before, { insertion: { attributes } }).after);
  const other = {
    insertion: { attributes: [...attributes.slice(0, 2), ['agent.name', 'this.nick'] as const] },
  };
  const changed = project.plan('a.ts', settled, other);
  expect(changed.after).not.toBe(settled);
  expect(await formatted(changed.after)).toBe(settled.replaceAll('this.name"', 'this.nick"'));
});
