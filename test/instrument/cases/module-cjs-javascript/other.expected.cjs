const { spans, traceFunction } = require('./generated/instrument');

exports.other = traceFunction(spans.expressionCall, 'other', function other() {
  return ' other';
});
