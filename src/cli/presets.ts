import type { Argv, CommandModule } from 'yargs';
import { nearest } from '../diagnostics/did-you-mean.js';
import { presetDescription, presetNames, presetText } from '../spec/presets.js';
import { print } from './terminal.js';
import { UsageError } from './usage-error.js';

function list(): void {
  const width = Math.max(...presetNames.map((name) => name.length));
  for (const name of presetNames) print(`${name.padEnd(width)}  ${presetDescription(name)}\n`);
}

function show(name: string): void {
  if (!presetNames.includes(name)) {
    const meant = nearest(name, presetNames);
    throw new UsageError(`there is no preset ${name}`, [
      ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
      `the presets are ${presetNames.join(', ')}`,
    ]);
  }
  print(presetText(name));
}

const showCommand: CommandModule<object, { readonly name: string }> = {
  command: 'show <name>',
  describe: 'Print the file of a preset',
  builder: (yargs) =>
    yargs.positional('name', { type: 'string', demandOption: true, describe: 'A name that `presets` lists' }),
  handler: (args) => {
    show(args.name);
  },
};

/** `obs-gen presets`, `obs-gen presets show NAME`: the fragments of spec that ship with obs-gen. */
export const presetsCommand: CommandModule = {
  command: 'presets',
  describe: 'List the presets; `presets show NAME` prints one',
  builder: (yargs: Argv) => yargs.command(showCommand),
  handler: () => {
    list();
  },
};
