import path = require('node:path');

function run(text: string): string {
  return path.basename(text);
}

namespace run {
  export const version = 1;
}

export = run;
