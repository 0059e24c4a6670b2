import { handler } from './input.js';

// Functions are hoisted: this module may call one of a module that has not run yet.
export const registered = [handler.name, handler()];
