#!/usr/bin/env node
'use strict';
import { setTimeout as wait } from 'node:timers/promises'

const logger = { log: (text: string) => text.length }

export async function run(): Promise<number> {
  await wait(1)
  console.log('mine', logger.log('mine'))
  return logger.log('own')
}
