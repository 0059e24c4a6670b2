import { joinCode } from '../../encode/typescript.js';
import { besideSpecifier, importValues } from './imports.js';
import type { ImportStyle } from './imports.js';
import { renderTypeScript } from './view.js';

/** The text of `register.ts`, which starts the telemetry before the program: it is compiled, and loaded by `node --import`. */
export function registerFile(style: ImportStyle): string {
  return renderTypeScript('register', {
    imports: joinCode(importValues(['telemetry'], besideSpecifier('telemetry', style)), '\n'),
  });
}
