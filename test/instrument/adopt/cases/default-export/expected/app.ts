import begun from './starts.js';
import waiting from './depth.js';

begun.inc(2);
waiting.set({ queue: 'mail' }, 1);
