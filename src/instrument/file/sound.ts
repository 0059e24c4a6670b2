import { syntaxFault, parseSource } from '../find/parse-file.js';
import type { Chosen } from '../insertion.js';
import { compose, type Composed } from './compose.js';
import type { FileFacts } from './context.js';
import type { PlanSettings } from './file-plan.js';
import { stripSource } from './strip/strip-file.js';

/** The text with as many of the places as stand the checks; one that does not is left out with a reason. */
export function composeSound(facts: FileFacts, chosen: readonly Chosen[], isVerified: boolean): Composed {
  const whole = attempt(facts, chosen, isVerified);
  if ('text' in whole) return whole;
  let kept: readonly Chosen[] = [];
  const reasons = new Map<Chosen, string>();
  const add = (places: readonly Chosen[]): void => {
    if (places.length === 0) return;
    const candidate = chosen.filter((place) => kept.includes(place) || places.includes(place));
    const tried = attempt(facts, candidate, isVerified);
    if ('text' in tried) kept = candidate;
    else if (places.length === 1) reasons.set(places[0] as Chosen, tried.reason);
    else {
      const middle = places.length >> 1;
      add(places.slice(0, middle));
      add(places.slice(middle));
    }
  };
  add(chosen);
  const sound = compose(facts, kept);
  const results = chosen.map((place) => {
    const at = kept.indexOf(place);
    return sound.results[at] ?? unsound(facts, place, reasons.get(place) ?? '');
  });
  return { text: sound.text, results };
}

function attempt(
  facts: FileFacts,
  chosen: readonly Chosen[],
  isVerified: boolean,
): Composed | { readonly reason: string } {
  try {
    const composed = compose(facts, chosen);
    const reason = isVerified ? faultOf(composed.text, facts.text, facts.path, facts.settings) : undefined;
    return reason === undefined ? composed : { reason };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { reason: 'its edits overlap those of another place' };
  }
}

/** Whether an edited text parses and is the bare text once what was put in is taken out. */
export function isSoundText(text: string, bare: string, path: string, settings: PlanSettings): boolean {
  return faultOf(text, bare, path, settings) === undefined;
}

function faultOf(text: string, bare: string, path: string, settings: PlanSettings): string | undefined {
  if (text === bare) return undefined;
  const source = parseSource(path, text);
  const fault = syntaxFault(source);
  if (fault !== undefined) return `the edited file would not parse: ${fault.message}`;
  const stripped = stripSource(source, path, settings);
  return stripped.text === bare ? undefined : 'taking it out again would not give the original text';
}

function unsound({ source }: FileFacts, { candidate }: Chosen, reason: string): Composed['results'][number] {
  const start = candidate.node.getStart(source);
  return {
    skip: {
      code: 'OBS5162',
      message: reason,
      help: 'please report it with the code of this place',
      start,
      end: Math.min(candidate.node.end, start + 1),
    },
  };
}
