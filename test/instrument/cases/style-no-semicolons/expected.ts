import { sep } from 'node:path'
import { spans, traceFunction, traceMethod } from './generated/instrument.js'

const join = traceFunction(spans.expressionCall, 'join', (left: string, right: string): string => left + sep + right)

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run')
  }

  name = 'agent'
  run(): string {
    return join(this.name, 'run')
  }
}

export function start(): string {
  return new Agent().run()
}
;(start as unknown) = traceFunction(spans.functionCall, 'start', start)

export const stop = traceFunction(spans.expressionCall, 'stop', async (): Promise<string> => {
  const text = 'stop'
  return text
})

export { join }
