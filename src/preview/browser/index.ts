export { BrowserMissing } from './chromium.js';
export { isRoot } from './launch.js';
export { openInBrowser } from './open.js';
export type { PanelSeen } from './panels.js';
export { takeScreenshots, type BoardSeen, type ScreenshotOptions } from './screenshots.js';
