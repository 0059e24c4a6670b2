// Needed first.
import type { EventEmitter } from 'node:events';
import {
  basename,
  dirname,
} from 'node:path'; // for paths
import 'node:fs';

import { other } from './other.js';

export const parts = (path: string, _bus?: EventEmitter): string[] => [dirname(path), basename(path), other()];
