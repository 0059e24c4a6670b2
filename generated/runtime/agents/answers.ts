// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { ModelAnswer } from './model-call.js';

/** Reads what one API says of its answers. */
export interface AnswerReader {
  /** A whole answer. */
  whole(body: unknown): ModelAnswer;
  /** A stream of one call. */
  stream(): StreamReader;
}

/** Takes in the parts of a streamed answer. */
export interface StreamReader {
  /** What is known after this part; undefined where it adds nothing. */
  add(part: unknown): ModelAnswer | undefined;
  /** Whether the answer was complete; undefined where the parts are of no known kind. */
  readonly isComplete: boolean | undefined;
}

/** Characters of a streamed answer that are kept where contents may be exported. */
const mostCharacters = 100_000;

/** Puts the text of a streamed answer together, where it may be exported. */
export class StreamedText {
  private parts = '';
  private readonly isWanted: boolean;

  constructor(isWanted: boolean) {
    this.isWanted = isWanted;
  }

  add(part: string | undefined): void {
    if (this.isWanted && part !== undefined && this.parts.length < mostCharacters) this.parts += part;
  }

  /** As the GenAI conventions have a message. */
  get content(): unknown {
    return this.parts === ''
      ? undefined
      : [{ role: 'assistant', parts: [{ type: 'text', content: this.parts }] }];
  }
}
