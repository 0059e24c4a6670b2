import { createInterface } from 'node:readline/promises';
import type { Draft } from '../../instrument/apply/draft.js';
import type { Place } from '../../instrument/apply/refusals.js';
import { shownPath } from '../../output/paths.js';
import { printDiff } from './report.js';
import { print } from '../terminal.js';

const answers = `y  change this file
n  leave this file as it is
a  change this file and all that follow
q  leave this file and all that follow; those that were answered with y are changed
?  print this help
`;

/** What is asked with: the terminal, or a script in tests. */
export interface Questioner {
  /** The answer to a question; undefined where there is none to come. */
  ask(question: string): Promise<string | undefined>;
  close(): void;
}

function terminalQuestioner(): Questioner {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new AbortController();
  lines.on('close', () => {
    ended.abort();
  });
  // Ctrl-C at the question ends the program as it would anywhere; nothing is written before the last answer.
  lines.on('SIGINT', () => {
    lines.close();
    process.kill(process.pid, 'SIGINT');
  });
  return {
    async ask(question) {
      try {
        return await lines.question(question, { signal: ended.signal });
      } catch {
        return undefined;
      }
    },
    close() {
      lines.close();
    },
  };
}

/** Shows the diff of each file and asks; the files that are to be changed. Nothing is written in between. */
export async function askForEach(
  drafts: readonly Draft[],
  place: Place,
  questioner: Questioner = terminalQuestioner(),
): Promise<readonly Draft[]> {
  const accepted: Draft[] = [];
  try {
    for (const [index, draft] of drafts.entries()) {
      printDiff([draft], place);
      const question = `(${index + 1}/${drafts.length}) change ${shownPath(place.shown, draft.path)} [y,n,a,q,?]? `;
      const answer = await answerTo(question, questioner);
      if (answer === 'q') break;
      if (answer === 'a') return [...accepted, ...drafts.slice(index)];
      if (answer === 'y') accepted.push(draft);
    }
    return accepted;
  } finally {
    questioner.close();
  }
}

async function answerTo(question: string, questioner: Questioner): Promise<'y' | 'n' | 'a' | 'q'> {
  for (;;) {
    const answer = (await questioner.ask(question))?.trim().toLowerCase();
    switch (answer) {
      case undefined:
        // The end of the input is no consent.
        print('\n');
        return 'q';
      case 'y':
      case 'n':
      case 'a':
      case 'q':
        return answer;
      default:
        print(answers);
    }
  }
}
