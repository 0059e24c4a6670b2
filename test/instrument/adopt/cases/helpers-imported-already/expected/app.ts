import { metrics as telemetry } from './generated/index.js';

const starts = telemetry.startsTotal;
starts.inc();
telemetry.openConnections.inc();
