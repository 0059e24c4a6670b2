import type { Candidate } from '../candidate.js';

/** What a place is called in the summary: `ResearchAgent.run`, `search`, `client.chat.completions.create`. */
export function placeName({ kind, name, className }: Candidate): string {
  const own = name ?? (kind === 'call' ? 'a call' : 'an anonymous function');
  return className === undefined || kind === 'call' ? own : `${className}.${own}`;
}
