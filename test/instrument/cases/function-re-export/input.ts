export { search as find } from './tools.js';
export * from './tools.js';
