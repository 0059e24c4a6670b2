import path = require('node:path');

function run(text: string): string {
  console.log('reads', text);
  setImmediate(() => {
    console.info?.('later');
  });
  return path.basename(text);
}

export = { run };
