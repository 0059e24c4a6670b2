// A tree of TypeScript files that looks like what codemods meet around agents, the same each time: about 2,000 files, 20 MB and 33,000
// functions. Their mix is that of four public code bases: 30% arrows with an expression, 23% async, 6% constructors, 3% accessors,
// 3% private methods, a few static ones and generators, overloads, abstract members, types, and as many
// comments of JSDoc as three of them have: 70 to 85 in 100 KB, 7% to 24% of the text.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomNumbers } from '../metrics/random.mjs';
import { body, capital, drawer, parameters } from './code.mjs';

export const files = 2000;
const functionsOfFile = 13.1;
/** Every twentieth file holds what the few rules of the benchmark mean. */
const matchingShare = 20;

/** Writes the tree; says what is in it. */
export function writeCorpus(folder) {
  const draw = drawer(randomNumbers(2026));
  let bytes = 0;
  for (let number = 0; number < files; number += 1) {
    const path = join(folder, 'src', `part-${number % 40}`, `${draw.name()}-${number}.ts`);
    const text = fileText(draw, number);
    bytes += text.length;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return { files, bytes, functions: draw.count };
}

/** A file of nothing but functions, those within others counted. */
export function manyFunctions(count) {
  const draw = drawer(randomNumbers(500));
  const texts = [];
  while (draw.count < count) {
    draw.count += 1;
    const head = `export async function step${texts.length}(${parameters(draw)})`;
    texts.push(`${head} {\n${body(draw, 1, { isAsync: true, self: 'state' })}}\n`);
  }
  return texts.join('\n');
}

function fileText(draw, number) {
  const target = draw.count + functionsOfFile * (0.2 + (1.6 * ((number * 7919) % 100)) / 100);
  let text = head(draw);
  if (number % matchingShare === 7)
    text += classText(draw, `${capital(draw.unique())}ResearchAgent`, ['run']);
  while (draw.count < target) text += section(draw);
  return text;
}

function head(draw) {
  const imports = Array.from({ length: 3 + draw.integer(5) }, () => {
    const noun = draw.noun();
    return `import { ${draw.name()} as ${draw.unique()}, type ${capital(noun)}Options as ${capital(draw.unique())} } from '../${noun}/${draw.noun()}.js';\n`;
  });
  return `import { EventEmitter } from 'node:events';\n${imports.join('')}\n`;
}

function section(draw) {
  switch (draw.integer(8)) {
    case 0:
    case 1:
    case 2:
      return classText(draw, `${capital(draw.noun())}${capital(draw.unique())}`, []);
    case 3:
      return types(draw);
    case 4:
      return tool(draw);
    case 5:
      return overloads(draw);
    default:
      return functionText(draw);
  }
}

function comment(draw, indent = '') {
  const lines = [
    `Takes the ${draw.noun()} of the ${draw.noun()} and says which ${draw.noun()} it belongs to.`,
  ];
  if (draw.chance(0.4))
    lines.push(
      `Where there is no ${draw.noun()}, the ${draw.noun()} of the {@link ${capital(draw.noun())}} is taken.`,
    );
  for (let count = draw.integer(3); count > 0; count -= 1)
    lines.push(`@param ${draw.noun()} - The ${draw.noun()} that was asked for.`);
  if (draw.chance(0.5)) lines.push(`@returns The ${draw.noun()} with its ${draw.noun()}s.`);
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`;
}

function functionText(draw) {
  draw.count += 1;
  const isAsync = draw.chance(0.4);
  const text = body(draw, 1, { isAsync, self: 'state' });
  const lead = draw.chance(0.7) ? comment(draw) : '';
  switch (draw.integer(20)) {
    case 0:
      return `${lead}export ${isAsync ? 'async ' : ''}function* ${draw.unique()}(${parameters(draw)}) {\n  yield* state.${draw.noun()}s;\n${text}}\n\n`;
    case 1:
    case 2:
    case 3:
      return `export const ${draw.unique()} = (${parameters(draw)}) => state.${draw.service()}.${draw.name()}('${draw.noun()}');\n\n`;
    case 5:
    case 6:
      return `${lead}export const ${draw.unique()} = ${isAsync ? 'async ' : ''}(${parameters(draw)}): unknown => {\n${text}};\n\n`;
    default:
      return `${lead}${draw.chance(0.6) ? 'export ' : ''}${isAsync ? 'async ' : ''}function ${draw.unique()}(${parameters(draw)}) {\n${text}}\n\n`;
  }
}

function overloads(draw) {
  draw.count += 1;
  const name = `to${capital(draw.unique())}`;
  return `export function ${name}(value: string): string;\nexport function ${name}(value: number, ${draw.noun()}: ${draw.type()}): number;\nexport function ${name}(value: unknown): unknown {\n${body(draw, 1, { self: 'state' })}}\n\n`;
}

function tool(draw) {
  draw.count += 1;
  const noun = draw.noun();
  return `export const ${draw.unique()}Tool = createTool({
  name: '${noun}_${draw.noun()}',
  description: 'Looks for the ${noun} that belongs to a ${draw.noun()}',
  parameters: schema.object({ ${noun}: schema.string(), atMost: schema.number().optional() }),
  execute: async ({ ${noun}, atMost }) => {
${body(draw, 2, { isAsync: true, self: 'state' })}  },
});\n\n`;
}

function types(draw) {
  const name = `${capital(draw.noun())}${capital(draw.unique())}`;
  const members = Array.from({ length: 3 + draw.integer(8) }, () => {
    const lead = draw.chance(0.7)
      ? `  /** The ${draw.noun()} of the ${draw.noun()}, where it has one. */\n`
      : '';
    return `${lead}  readonly ${draw.noun()}${draw.integer(99)}${draw.chance(0.3) ? '?' : ''}: ${draw.type()};\n`;
  });
  return `${comment(draw)}export interface ${name}Options {\n${members.join('')}}\n\nexport type ${name}Of<T> = T extends readonly (infer U)[] ? ${name}Options & { readonly of: U } : never;\n\n`;
}

function classText(draw, name, methods) {
  const isDerived = draw.chance(0.5);
  draw.count += 1;
  let text = `${comment(draw)}export class ${name} ${isDerived ? 'extends EventEmitter ' : ''}{\n`;
  text += `  readonly #${draw.noun()}: ${draw.type()};\n  ${draw.noun()}s: ${draw.type()}[] = [];\n\n`;
  text += `  constructor(readonly options: ${name}Options, ${draw.noun()}Of = ${draw.integer(50)}) {\n${isDerived ? '    super();\n' : ''}${body(draw, 2, { statements: 2 }).replace(/ {4}return .*\n$/, '')}  }\n\n`;
  for (const method of methods) text += member(draw, `async ${method}`, true);
  const count = 2 + draw.integer(4);
  for (let index = 0; index < count; index += 1) text += anyMember(draw);
  return `${text.trimEnd()}\n}\n\n`;
}

function anyMember(draw) {
  const isAsync = draw.chance(0.45);
  const mark = isAsync ? 'async ' : '';
  switch (draw.integer(30)) {
    case 0:
    case 1:
      return member(draw, `${mark}#${draw.unique()}`, isAsync);
    case 2:
      return member(draw, `static ${mark}${draw.name()}`, isAsync);
    case 3:
      return member(draw, `${mark}*${draw.name()}`, isAsync);
    case 4:
    case 5:
    case 6:
      draw.count += 1;
      return `  get ${draw.unique()}() {\n    return this.${draw.service()}.${draw.noun()} ?? ${draw.integer(9)};\n  }\n\n`;
    case 7:
      draw.count += 1;
      return `  ${draw.unique()} = ${mark}(${parameters(draw)}): unknown => {\n${body(draw, 2, { isAsync })}  };\n\n`;
    default:
      return member(draw, `${draw.chance(0.3) ? 'private ' : ''}${mark}${draw.name()}`, isAsync);
  }
}

function member(draw, head, isAsync) {
  draw.count += 1;
  const lead = draw.chance(0.6) ? comment(draw, '  ') : '';
  return `${lead}  ${head}(${parameters(draw)}) {\n${body(draw, 2, { isAsync })}  }\n\n`;
}
