import { parseArgs } from 'node:util';
import { demonstrate } from './demo/demonstrate.js';

const usage = `npm start -- [--serve] [--prometheus]

  --serve        keep the service running when the tasks are done
  --prometheus   run Prometheus with the generated rules beside it (has to be installed)
`;

const { values } = parseArgs({
  options: {
    serve: { type: 'boolean', default: false },
    prometheus: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
// Whoever reads may stop reading (npm start | head): what was started still has to be closed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
if (values.help) process.stdout.write(usage);
else process.exitCode = await demonstrate(values);
