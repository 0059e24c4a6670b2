import path = require('node:path');
import instrument = require('./generated/instrument.js');

function run(text: string): string {
  instrument.logger.log('reads', text);
  setImmediate(instrument.keepContext(() => {
    instrument.logger.info?.('later');
  }));
  return path.basename(text);
}

export = { run };
