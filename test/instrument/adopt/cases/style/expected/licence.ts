#!/usr/bin/env node
/* Copyright: all of us. */
'use strict';
import { metrics } from './generated/metrics.js'; import { setTimeout as wait } from 'node:timers/promises';

const open = metrics.openConnections;
await wait(10);
open.set(3);
