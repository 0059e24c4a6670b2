import { sep } from 'node:path'

const join = (left: string, right: string): string => left + sep + right

export class Agent {
  name = 'agent'
  run(): string {
    return join(this.name, 'run')
  }
}

export function start(): string {
  return new Agent().run()
}

export const stop = async (): Promise<string> => {
  const text = 'stop'
  return text
}

export { join }
