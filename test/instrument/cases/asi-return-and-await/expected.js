import { spans, traceFunction, traceMethod } from './generated/instrument.js'

export const values = traceFunction(spans.expressionCall, 'values', (flag) => {
  if (flag) return
  return (
    'value'
  )
})

export const chained = traceFunction(spans.expressionCall, 'chained', async () => values(false)
  .toUpperCase())

export const last = traceFunction(spans.expressionCall, 'last', () => ({}))

export class Fields {
  static {
    traceMethod(spans.methodCall, this.prototype, 'later')
  }

  run = traceFunction(spans.expressionCall, 'run', () => 'run')
  ;['computed'] = traceFunction(spans.expressionCall, 'computed', () => 'computed')
  get = traceFunction(spans.expressionCall, 'get', () => 'get')
  static = 1
  async
  later() { return 'later' }
}
