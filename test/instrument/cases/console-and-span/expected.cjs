const { inspect } = require('node:util');
const { logger, spans, traceFunction } = require('./generated/instrument');

async function run(value) {
  logger.log(inspect(value));
  return [value].map((each) => (logger.warn('each'), each));
}
run = traceFunction(spans.caseCall, 'run', run);

module.exports = { run };
