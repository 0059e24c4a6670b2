const begin = '<!-- obs-gen: begin; what stands here is written by `obs-gen agents --write` -->';
const end = '<!-- obs-gen: end -->';
const beginning = '<!-- obs-gen: begin';

/** Why a section cannot be put into a text. */
export interface SectionFault {
  readonly fault: string;
  readonly help: string;
}

/**
 * A text with a section of ours in it: in the place of the one that is there, else at the end. Everything else stays as it is, byte for byte;
 * the section takes the line ends of the text.
 */
export function withSection(given: string, section: string): string | SectionFault {
  const newline = /\r\n|\n/.exec(given)?.[0] ?? '\n';
  const body = `${begin}\n\n${section.trimEnd()}\n\n${end}`.replaceAll('\n', newline);
  const starts = placesOf(given, beginning);
  const ends = placesOf(given, end);
  const [start] = starts;
  const [stop] = ends;
  if (start === undefined && stop === undefined) {
    if (given === '') return body + newline;
    const gap = given.endsWith(`${newline}${newline}`)
      ? ''
      : given.endsWith(newline)
        ? newline
        : newline + newline;
    return given + gap + body + newline;
  }
  if (starts.length !== 1 || ends.length !== 1 || start === undefined || stop === undefined || stop < start)
    return {
      fault: 'its marks of the section do not fit together',
      help: `leave one line that begins with ${beginning} and one ${end} behind it, or take out all of them`,
    };
  return given.slice(0, start) + body + given.slice(stop + end.length);
}

/** Where a mark stands at the beginning of a line; one in the middle of a sentence is none. */
function placesOf(text: string, mark: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1))
    if (at === 0 || text[at - 1] === '\n') found.push(at);
  return found;
}
