// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { nextTurn } from '../timers.js';

/** Lets the messages in that have arrived. Some wait for the turn of the event loop after the next one. */
export async function messagesHandled(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
