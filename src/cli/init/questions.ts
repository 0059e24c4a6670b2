import { createInterface } from 'node:readline/promises';
import { ciSystems, type CiSystem } from '../../init/ci-file.js';
import { proposedPresets, serviceName, type FolderFacts } from '../../init/folder-facts.js';
import { presetNames } from '../../spec/presets.js';
import type { InitArguments } from './arguments.js';
import { UsageError } from '../usage-error.js';

/** What is decided of a spec before it is written. */
export interface Answers {
  readonly name: string;
  readonly owner: string | undefined;
  readonly presets: readonly string[];
  readonly ci: CiSystem;
}

const owners = /^[a-zA-Z0-9][a-zA-Z0-9 @/_.-]{0,99}$/;

function nameOf(text: string): string {
  if (!/^[a-zA-Z][a-zA-Z0-9_-]{0,59}$/.test(text)) {
    const near = serviceName(text);
    throw new UsageError(`\`${text}\` is no name of a service`, [
      `it begins with a letter and has letters, digits, - and _${near === undefined ? '' : `: ${near}`}`,
    ]);
  }
  return text;
}

function ownerOf(text: string): string | undefined {
  if (text === '') return undefined;
  if (!owners.test(text))
    throw new UsageError(`\`${text}\` is no name of an owner`, ['letters, digits, blanks and @ / _ . -']);
  return text;
}

/** Presets as they are typed: `agent,http`; `none` for none. */
export function presetsOf(texts: readonly string[]): readonly string[] {
  const names = texts
    .flatMap((text) => text.split(/[\s,]+/))
    .filter((name) => name !== '' && name !== 'none');
  for (const name of names)
    if (!presetNames.includes(name))
      throw new UsageError(`there is no preset ${name}`, [`the presets are ${presetNames.join(', ')}`]);
  return [...new Set(names)];
}

function ciOf(text: string): CiSystem {
  const found = ciSystems.find((each) => each === text);
  if (found === undefined) throw new UsageError(`\`${text}\` is none of ${ciSystems.join(', ')}`);
  return found;
}

/** The answers that arguments and the folder give by themselves. */
export function answersWithoutAsking(facts: FolderFacts, args: InitArguments): Answers {
  return {
    name: nameOf(args.name ?? facts.packageName ?? 'my-service'),
    owner: ownerOf(args.owner ?? facts.owner ?? ''),
    presets: args.preset === undefined ? proposedPresets(facts) : presetsOf(args.preset),
    ci: args.ci ?? facts.ci,
  };
}

/** Where questions are asked. */
export interface Asked {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Whether keys such as Ctrl-C come as they are pressed; as the streams have it where it is left out. */
  readonly terminal?: boolean;
  /** Ends the program as Ctrl-C does anywhere. */
  readonly interrupt: () => void;
}

const thisTerminal: Asked = {
  input: process.stdin,
  output: process.stderr,
  interrupt: () => {
    process.kill(process.pid, 'SIGINT');
  },
};

/**
 * Asks what no argument says; an empty answer takes what is proposed.
 * @throws UsageError where the input ends before the last answer
 */
export async function ask(
  facts: FolderFacts,
  args: InitArguments,
  isInferred: boolean,
  { input, output, terminal, interrupt }: Asked = thisTerminal,
): Promise<Answers> {
  const proposed = answersWithoutAsking(facts, args);
  const lines = createInterface({ input, output, ...(terminal === undefined ? {} : { terminal }) });
  const ended = new AbortController();
  lines.on('close', () => {
    ended.abort();
  });
  lines.on('SIGINT', () => {
    output.write('\n');
    lines.close();
    interrupt();
  });
  const answerTo = async (text: string): Promise<string> => {
    try {
      return await lines.question(text, { signal: ended.signal });
    } catch {
      throw new UsageError('the questions were not answered, and nothing was written', [
        'obs-gen init --yes takes what is proposed and asks nothing',
      ]);
    }
  };
  const question = async <T>(
    text: string,
    shown: string,
    read: (answer: string) => T,
    given: T,
  ): Promise<T> => {
    for (;;) {
      const answer = (await answerTo(`${text}${shown === '' ? '' : ` (${shown})`}: `)).trim();
      if (answer === '') return given;
      try {
        return read(answer);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        output.write(`  ${[error.message, ...error.help].join('; ')}\n`);
      }
    }
  };
  try {
    const name =
      args.name === undefined
        ? await question('Name of the service', proposed.name, nameOf, proposed.name)
        : proposed.name;
    const from = facts.ownerFrom === undefined ? '' : `, from ${facts.ownerFrom}`;
    const owner =
      args.owner === undefined
        ? await question('Team that is asked', `${proposed.owner ?? 'none'}${from}`, ownerOf, proposed.owner)
        : proposed.owner;
    const presets =
      args.preset === undefined && !isInferred
        ? await question(
            `Presets, of ${presetNames.join(', ')}`,
            proposed.presets.join(','),
            (text) => presetsOf([text]),
            proposed.presets,
          )
        : proposed.presets;
    const ci =
      args.ci === undefined
        ? await question('CI: github, gitlab or none', proposed.ci, ciOf, proposed.ci)
        : proposed.ci;
    return { name, owner, presets, ci };
  } finally {
    lines.close();
  }
}
