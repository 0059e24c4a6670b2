'use strict';

const path = require('node:path');
const { other } = require('./other.cjs');
const { spans, traceCall, traceFunction, traceMethod } = require('./generated/instrument.js');

function run(text) {
  return path.basename(text) + other();
}
run = traceFunction(spans.functionCall, 'run', run);

const later = traceFunction(spans.expressionCall, 'later', async (text) => run(text));

class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  #name = 'agent';
  run() {
    return this.#name;
  }
}

module.exports = { run, later, Agent, inline(text) { return traceCall(spans.objectMethod, () => { return text; }); } };
module.exports.added = function (text) { return traceCall(spans.expressionCall, () => {
  return `${text} added`;
}); };
exports.lost = traceFunction(spans.expressionCall, '', () => 'lost');
