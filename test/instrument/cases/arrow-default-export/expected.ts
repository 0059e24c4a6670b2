import { spans, traceFunction } from './generated/instrument.js';

export default traceFunction(spans.expressionCall, 'default', async (request: string) => `handled ${request}`);
