import './script.js';

export const seen = (): unknown => (globalThis as Record<string, unknown>)['scripted'];
