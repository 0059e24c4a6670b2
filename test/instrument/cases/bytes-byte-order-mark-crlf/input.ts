'use strict';

export function run(this: unknown, text: string): string {
  return text + String(this);
}
