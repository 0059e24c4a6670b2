import { logger } from './generated/instrument.js';

export class Silent {
  run(): void {
    console.error('silent');
  }
}

export class Loud {
  run(document: { title: string }): void {
    logger.error(document.title);
    console.log('not meant');
  }
}
