'use strict';
// A comment between.
"use other";

export function run(): string {
  'use strict';
  return 'run';
}

export const arrow = (): string => {
  "use strict";
  return 'arrow';
};
