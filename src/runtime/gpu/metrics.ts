/** A gauge by the shape that is used: the generated helpers know the types of the labels. */
export interface GpuGauge {
  observe(read: () => Iterable<readonly [labels: object, value: number]>): () => void;
  remove(labels: object): void;
}

/** A counter by the shape that is used. */
export interface GpuCounter {
  inc(labels: object, amount?: number): void;
  remove(labels: object): void;
}

/** Metrics of the preset `gpu`, by their helpers' names, with their labels. A spec may have taken some of them only. */
export interface GpuMetrics {
  /** gpu, engine */
  readonly gpuUtilizationRatio?: GpuGauge;
  /** gpu */
  readonly gpuMemoryBandwidthUtilizationRatio?: GpuGauge;
  /** gpu */
  readonly gpuMemoryUsedBytes?: GpuGauge;
  /** gpu */
  readonly gpuMemoryFreeBytes?: GpuGauge;
  /** gpu */
  readonly gpuMemoryReservedBytes?: GpuGauge;
  /** gpu */
  readonly gpuMemoryTotalBytes?: GpuGauge;
  /** gpu, mig */
  readonly gpuMigMemoryUsedBytes?: GpuGauge;
  /** gpu, mig */
  readonly gpuMigMemoryTotalBytes?: GpuGauge;
  /** gpu, process */
  readonly gpuProcessMemoryUsedBytes?: GpuGauge;
  /** gpu, direction */
  readonly gpuPcieBytesTotal?: GpuCounter;
  /** gpu */
  readonly gpuPcieReplaysTotal?: GpuCounter;
  /** gpu, direction */
  readonly gpuNvlinkBytesTotal?: GpuCounter;

  /** gpu, sensor */
  readonly gpuTemperatureCelsius?: GpuGauge;
  /** gpu */
  readonly gpuTemperatureMarginCelsius?: GpuGauge;
  /** gpu */
  readonly gpuFanSpeedRatio?: GpuGauge;
  /** gpu */
  readonly gpuPowerWatts?: GpuGauge;
  /** gpu */
  readonly gpuPowerLimitWatts?: GpuGauge;
  /** gpu */
  readonly gpuEnergyJoulesTotal?: GpuCounter;
  /** gpu, clock */
  readonly gpuClockHertz?: GpuGauge;
  /** gpu, reason */
  readonly gpuThrottled?: GpuGauge;
  /** gpu, reason */
  readonly gpuThrottleSecondsTotal?: GpuCounter;

  /** gpu, error_type */
  readonly gpuEccErrorsTotal?: GpuCounter;
  /** gpu, state */
  readonly gpuRemappedRows?: GpuGauge;
  /** gpu, xid */
  readonly gpuXidErrorsTotal?: GpuCounter;
  /** gpu, xid */
  readonly gpuXidLastTimestampSeconds?: GpuGauge;
  /** gpu */
  readonly gpuRecoveryAction?: GpuGauge;

  /** gpu, uuid, name */
  readonly gpuInfo?: GpuGauge;
  /** gpu, mig, profile */
  readonly gpuMigInfo?: GpuGauge;
  /** vendor, driver */
  readonly gpuDriverInfo?: GpuGauge;

  /** vendor */
  readonly gpuCollectorUp?: GpuGauge;
  /** vendor */
  readonly gpuCollectorStuck?: GpuGauge;
  /** vendor */
  readonly gpuCollectorDevices?: GpuGauge;
  /** vendor */
  readonly gpuCollectorExpectedDevices?: GpuGauge;
  /** vendor */
  readonly gpuCollectorSuccessTimestampSeconds?: GpuGauge;
  /** vendor, reason */
  readonly gpuCollectorFailuresTotal?: GpuCounter;
  /** vendor */
  readonly gpuCollectorDurationSeconds?: { observe(labels: object, seconds: number): void };
}
