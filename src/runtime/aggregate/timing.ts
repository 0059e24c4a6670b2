import { nextTurn } from '../timers.js';

/** Lets the messages in that have arrived. Some wait for the turn of the event loop after the next one. */
export async function messagesHandled(): Promise<void> {
  await nextTurn();
  await nextTurn();
}
