import { spans, traceCall, traceMethod } from './generated/instrument.js';

export class Agent {
	static {
		traceMethod(spans.methodCall, this.prototype, 'run');
	}

	run(task: string): string {
		if (task === '') {
			return 'nothing';
		}
		return task;
	}
}

export const api = {
	async load(id: string): Promise<string> { return await traceCall(spans.objectMethod, async (): Promise<string> => {
		return id;
	}); },
};
