import { createTheme } from '@grafana/data';
import { isLight } from './settings.js';

export const theme = createTheme({ colors: { mode: isLight ? 'light' : 'dark' } });
