import path = require('node:path');

function run(text: string): string {
  return path.basename(text);
}

const later = async (text: string): Promise<string> => run(text);

export = { run, later };
