#!/usr/bin/env node
'use strict';
import { setTimeout as wait } from 'node:timers/promises'
import { logger as logger1 } from './generated/instrument.js';

const logger = { log: (text: string) => text.length }

export async function run(): Promise<number> {
  await wait(1)
  logger1.log('mine', logger.log('mine'))
  return logger.log('own')
}
