import path = require('node:path');
import instrument = require('./generated/instrument.js');

function run(text: string): string {
  return path.basename(text);
}
// @ts-expect-error: a function is given its traced form
run = instrument.traceFunction(instrument.spans.functionCall, 'run', run);

const later = instrument.traceFunction(instrument.spans.expressionCall, 'later', async (text: string): Promise<string> => run(text));

export = { run, later };
