#!/usr/bin/env node
/* Copyright: all of us. */
'use strict';
import { Gauge } from 'prom-client'; import { setTimeout as wait } from 'node:timers/promises';

const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.' });
await wait(10);
open.set({}, 3);
