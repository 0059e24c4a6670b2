import type { Argv, CommandModule } from 'yargs';
import { nearest } from '../diagnostics/did-you-mean.js';
import { instrumentPresets, instrumentPresetText } from '../instrument/rules/preset-texts.js';
import { presetDescription, presetNames, presetText } from '../spec/presets.js';
import { print } from './terminal.js';
import { UsageError } from './usage-error.js';

/** Presets of one section of the spec. */
interface Shelf {
  /** Where they are named in a spec. */
  readonly heading: string;
  readonly names: readonly string[];
  readonly text: (name: string) => string;
}

const shelves: readonly Shelf[] = [
  { heading: 'Fragments of spec, for `presets`', names: presetNames, text: presetText },
  {
    heading: 'Rules of `obs-gen instrument`, for `instrument.presets`',
    names: instrumentPresets,
    text: (name) => instrumentPresetText(name as (typeof instrumentPresets)[number]),
  },
];

/** The names that `presets show` knows. */
export const shownPresets: readonly string[] = shelves.flatMap(({ names }) => names);

function list(): void {
  const width = Math.max(...shownPresets.map((name) => name.length));
  const sections = shelves.map(({ heading, names, text }) =>
    [heading, ...names.map((name) => `  ${name.padEnd(width)}  ${presetDescription(text(name))}`)].join('\n'),
  );
  print(`${sections.join('\n\n')}\n`);
}

function show(name: string): void {
  const shelf = shelves.find(({ names }) => names.includes(name));
  if (shelf === undefined) {
    const meant = nearest(name, shownPresets);
    throw new UsageError(`there is no preset ${name}`, [
      ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
      `the presets are ${shownPresets.join(', ')}`,
    ]);
  }
  print(shelf.text(name));
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

/** `obs-gen presets`, `obs-gen presets show NAME`: the fragments of spec and the rules that ship with obs-gen. */
export const presetsCommand: CommandModule = {
  command: 'presets',
  describe: 'List the presets; `presets show NAME` prints one',
  builder: (yargs: Argv) => yargs.command(showCommand),
  handler: () => {
    list();
  },
};
