import { logs, metrics, traceFunction, traceMember } from './generated/instrument.js';

class Client {
  readonly name = 'client';
  chat({ model }: { model: string }): Promise<{ tokens: number }> {
    return model === '' ? Promise.reject(new Error('no model')) : Promise.resolve({ tokens: model.length });
  }
}

const embed = (text: string): number => text.length;

export const ask = async (model: string): Promise<number> => {
  const client = new Client();
  const { tokens } = await traceMember({ count: [metrics.caseCallsTotal, { kind: 'args.0.model' }], time: [metrics.caseCallSeconds, { kind: 'this.name', size: 'result.tokens' }], log: [logs.callEnded, { kind: 'args.0.model', size: 'result.tokens', ok: '=true' }] }, client, 'chat')({ model });
  return tokens + traceFunction({ count: [metrics.casePlainTotal] }, 'embed', embed)(model);
};
