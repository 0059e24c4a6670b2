import { spans, traceCall, traceFunction } from './generated/instrument.js'

export const log = []

export function first() {
  return 'first'
}
first = traceFunction(spans.functionCall, 'first', first);
(traceFunction(spans.expressionCall, '', function () {
  log.push('invoked')
}))()

export const second = traceFunction(spans.expressionCall, 'second', function () {
  return 'second'
})
;[1, 2].forEach((value) => traceCall(spans.expressionCall, () => log.push(value)))

const third = traceFunction(spans.expressionCall, 'third', () => 'third')
;(traceFunction(spans.expressionCall, '', () => log.push(third())))()

function fourth() { return 'fourth' }
fourth = traceFunction(spans.functionCall, 'fourth', fourth);
[3].forEach((value) => traceCall(spans.expressionCall, () => log.push(value)))

function fifth() { return 'fifth' }
fifth = traceFunction(spans.functionCall, 'fifth', fifth);
`template`.split('').slice(0, 1).forEach((letter) => traceCall(spans.expressionCall, () => log.push(letter)))

function sixth() { return 'sixth' }
sixth = traceFunction(spans.functionCall, 'sixth', sixth);
/regular/.test('a') || log.push(fourth(), fifth(), sixth())
