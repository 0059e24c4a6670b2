// Pieces of TypeScript as services around agents have them: statements, bodies and members, drawn by a generator of random numbers.
const nouns =
  'agent answer batch budget cache chunk client context cursor document draft embedding event filter group history index item job limit message model node option output page parser plan policy prompt query queue record reply request result retry route schema score section session signal source step store stream summary task template thread token tool topic trace turn usage vector worker'.split(
    ' ',
  );
const verbs =
  'append apply build cancel check collect compare count create decode delete drain encode expand fetch filter find flush format load merge normalise open parse pick plan publish rank read record refresh remove render replay reset resolve retry route save score search select send split start stop store stream summarise update validate write'.split(
    ' ',
  );
const services = ['client', 'store', 'queue', 'cache', 'history', 'model', 'registry', 'logger'];

export function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What the pieces are drawn from; `count` is the number of functions that were written. */
export function drawer(random) {
  const integer = (count) => Math.floor(random() * count);
  const pick = (list) => list[integer(list.length)];
  const chance = (share) => random() < share;
  const noun = () => pick(nouns);
  let serial = 0;
  /** A name that stands only once in the tree: parsers refuse what is declared twice. */
  const unique = () => `${noun()}${(serial += 1)}`;
  return {
    integer,
    pick,
    chance,
    noun,
    unique,
    name: () => `${pick(verbs)}${capital(noun())}`,
    service: () => pick(services),
    type: () =>
      pick([
        'string',
        'number',
        'boolean',
        `${capital(noun())}Options`,
        `readonly ${capital(noun())}[]`,
        `Map<string, ${capital(noun())}>`,
        `Partial<${capital(noun())}>`,
        "'pending' | 'running' | 'done'",
      ]),
    count: 0,
  };
}

const indented = (depth, line) => `${'  '.repeat(depth)}${line}\n`;

/** The parameters of a function, as `a: A, b?: B`. */
export function parameters(draw) {
  const names = [...new Set(Array.from({ length: draw.integer(4) }, draw.noun))];
  return names.map((name) => `${name}${draw.chance(0.1) ? '?' : ''}: ${draw.type()}`).join(', ');
}

/** A function body of some statements, without its braces. */
export function body(
  draw,
  depth,
  { isAsync = false, self = 'this', statements = 4 + draw.integer(12) } = {},
) {
  let text = '';
  for (let count = 0; count < statements; count += 1) text += statement(draw, depth, isAsync, self, 2);
  return text + indented(depth, `return ${expression(draw, self, isAsync)};`);
}

function expression(draw, self, isAsync) {
  const a = draw.noun();
  switch (draw.integer(19)) {
    case 0:
    case 6:
    case 7:
      return `{ ${a}: ${self}.${draw.service()}.${draw.name()}('${a}'), ${draw.noun()}: ${draw.integer(500)} }`;
    case 1:
    case 8:
    case 9:
    case 10:
      return `${isAsync ? 'await ' : ''}${self}.${draw.service()}.${draw.name()}(${draw.integer(90)}, { ${a}: true })`;
    case 2:
    case 11:
      return `\`${a} \${${self}.${draw.noun()}} of ${draw.noun()}\``;
    case 3:
    case 12:
    case 13:
      return `${self}.${draw.noun()} ?? ${self}.${draw.service()}?.${draw.noun()} ?? ${draw.integer(20)}`;
    case 4:
      draw.count += 1;
      return `${self}.${draw.noun()}s.map((${a}) => ${a}.${draw.noun()}).join(', ')`;
    case 5:
      draw.count += 1;
      return `[...${self}.${draw.noun()}s].sort((left, right) => left.${a} - right.${a})`;
    default:
      return `${self}.${draw.noun()} > ${draw.integer(900)} && ${self}.${a} !== undefined ? '${a}' : '${draw.noun()}'`;
  }
}

function statement(draw, depth, isAsync, self, nesting) {
  const name = draw.noun();
  const line = (text) => indented(depth, text);
  const inner = () => statement(draw, depth + 1, isAsync, self, nesting - 1);
  switch (draw.integer(nesting > 0 ? 13 : 6)) {
    case 0:
    case 1:
      return line(`const ${draw.unique()} = ${expression(draw, self, isAsync)};`);
    case 2:
      return line(
        `${self}.logger.debug('${draw.name()} of ${name}', { ${name}: ${draw.integer(100)}, ${draw.noun()}: ${self}.${draw.noun()} });`,
      );
    case 3:
      return line(
        `// The ${name} may be older than the ${draw.noun()}: what was ${draw.noun()} then has to be looked up again.`,
      );
    case 4:
      return line(`if (!${self}.${name}) throw new ${capital(draw.noun())}Error('there is no ${name}');`);
    case 5:
      return line(`${self}.${name} += ${draw.integer(9)};`);
    case 6:
      return `${line(`for (const ${name} of ${self}.${draw.noun()}s) {`)}${inner()}${inner()}${line('}')}`;
    case 7:
      return `${line('try {')}${inner()}${line('} catch (error) {')}${indented(depth + 1, `${self}.logger.warn('${name}', error);`)}${line('}')}`;
    case 8:
      return `${line(`if (${self}.${name} === undefined) {`)}${inner()}${line('} else {')}${inner()}${line('}')}`;
    case 9:
      return `${line(`switch (${self}.${name}) {`)}${["'a'", "'b'"].map((each) => `${indented(depth + 1, `case ${each}:`)}${statement(draw, depth + 2, isAsync, self, 0)}${indented(depth + 2, 'break;')}`).join('')}${line('}')}`;
    case 10:
      if (draw.chance(0.5)) return line(`${self}.${name} = ${expression(draw, self, isAsync)};`);
      draw.count += 1;
      if (!isAsync)
        return line(
          `const ${draw.unique()} = ${self}.${draw.noun()}s.filter((each) => each.${name} > ${draw.integer(50)});`,
        );
      return `${line(`await Promise.all(${self}.${name}s.map(async (each) => {`)}${inner()}${line('}));')}`;
    case 11:
      if (draw.chance(0.7)) return line(`${self}.${name} = ${expression(draw, self, isAsync)};`);
      draw.count += 1;
      return `${line(`${self}.${draw.service()}.on('${name}', (${name}) => {`)}${statement(draw, depth + 1, false, self, nesting - 1)}${line('});')}`;
    default:
      return line(
        `const { ${name}: ${draw.unique()}, ${draw.noun()}: ${draw.unique()} = ${draw.integer(9)} } = ${self}.${draw.service()}.${draw.noun()};`,
      );
  }
}
