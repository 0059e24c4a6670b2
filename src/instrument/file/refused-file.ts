import type { Skip } from '../edit.js';
import { hasDirective } from './directives.js';
import type { FileFacts } from './context.js';

/** Why nothing can be put into a file, whatever the place; undefined: it can. */
export function refusedFile(facts: FileFacts): Omit<Skip, 'start' | 'end'> | undefined {
  if (hasDirective(facts.source, 'use client'))
    return {
      code: 'OBS5160',
      message: 'the file runs in the browser: it begins with "use client"',
      help: 'leave it out by `instrument.exclude`; what it calls on the server can be instrumented there',
    };
  if (facts.module.importForm === undefined)
    return {
      code: 'OBS5161',
      message: 'the file is a script: an import would make it a module and hide what it declares',
      help: 'add `export {}` where it is meant to be a module',
    };
  return undefined;
}
