import type { CommandModule } from 'yargs';
import {
  catalogue,
  catalogueEntry,
  isDiagnosticCode,
  type DiagnosticCode,
} from '../diagnostics/catalogue.js';
import { nearest } from '../diagnostics/did-you-mean.js';
import { isSuppressible, isSuppressibleLive } from '../model/checks/suppress.js';
import { exitCodes, type ExitCode } from './exit-code.js';
import { print } from './terminal.js';
import { UsageError } from './usage-error.js';

/** What the first digits of a code say, longest first. */
export const codeGroups: readonly (readonly [prefix: string, title: string])[] = [
  ['OBS1', 'Syntax and limits'],
  ['OBS2', 'The shape of the spec'],
  ['OBS30', 'References, names and units'],
  ['OBS31', 'PromQL'],
  ['OBS32', 'SLIs and SLOs'],
  ['OBS33', 'Alerts'],
  ['OBS34', 'Labels and cardinality'],
  ['OBS35', 'Dashboards'],
  ['OBS36', 'Servers and evaluation'],
  ['OBS37', 'Lifecycle, baselines and many services'],
  ['OBS38', 'The stack'],
  ['OBS39', 'Secrets'],
  ['OBS4', 'Output'],
  ['OBS5', 'Instrumentation'],
  ['OBS60', 'Running services'],
  ['OBS9', 'Faults of obs-gen itself'],
];

/** Columns of running text. */
const pageWidth = 90;

const codes = Object.keys(catalogue).sort() as DiagnosticCode[];

/** All codes with their severity and title, grouped as they are numbered. */
function listCodes(): string {
  const sections = codeGroups.flatMap(([prefix, title]) => {
    const rows = codes
      .filter((code) => code.startsWith(prefix))
      .map((code) => `  ${code}  ${catalogue[code].severity.padEnd(7)}  ${catalogue[code].title}\n`);
    return rows.length === 0 ? [] : [`${title}\n${rows.join('')}`];
  });
  return sections.join('\n');
}

/** Accepts `obs2001` and `2001` for OBS2001. */
function readCode(typed: string): DiagnosticCode {
  const code = typed.toUpperCase().replace(/^(?=\d)/, 'OBS');
  if (isDiagnosticCode(code)) return code;
  const meant = nearest(code, codes);
  throw new UsageError(`there is no code ${typed}`, [
    ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
    '`obs-gen explain` lists all codes',
  ]);
}

/** Paragraphs broken at the width of a page; indented lines are examples and stay as they are. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let open = false;
  for (const line of text.trim().split('\n')) {
    if (line === '' || line.startsWith(' ')) {
      lines.push(line);
      open = false;
      continue;
    }
    for (const word of line.split(' ')) {
      const last = lines.at(-1);
      if (open && last !== undefined && last.length + 1 + word.length <= width)
        lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
      open = true;
    }
  }
  return lines.join('\n');
}

function explain(typed: string | undefined): ExitCode {
  if (typed === undefined) {
    print(listCodes());
    return exitCodes.fine;
  }
  const code = readCode(typed);
  const { severity, title, explanation } = catalogueEntry(code);
  const canOrNot = isSuppressible(code) || isSuppressibleLive(code) ? 'can' : 'cannot';
  const accepted = `\`suppress\` of a spec ${canOrNot} accept it.`;
  print(`${severity}[${code}]: ${title}\n\n${wrap(explanation, pageWidth)}\n\n${accepted}\n`);
  return exitCodes.fine;
}

interface ExplainArguments {
  readonly code: string | undefined;
}

/** `obs-gen explain [CODE]`: the long text of a code, or the list of codes. */
export const explainCommand: CommandModule<object, ExplainArguments> = {
  command: 'explain [code]',
  describe: 'Explain a diagnostic code; without one, list all codes',
  builder: (yargs) =>
    yargs
      .positional('code', { type: 'string', describe: 'A code such as OBS2001' })
      .example('$0 explain OBS2001', 'Why it is reported and how to mend it'),
  handler: (args) => {
    process.exitCode = explain(args.code);
  },
};

/** What a shell may complete `explain` with. */
export const explainableCodes: readonly string[] = codes;
