/** The collectors of GPUs; loaded by specs that have `gpu.collectors`. */
export type { Component } from '../component.js';
export { createGpu } from './gpu-component.js';
export type { Gpu, GpuDefinition } from './gpu-component.js';
export type { GpuCollectorDefinition, GpuCollectorState } from './collection.js';
export type { GpuDevice, GpuInstance, GpuProcess, GpuSample, GpuVendor, ThrottleReason } from './device.js';
export type { GpuFailure, GpuFault } from './failure.js';
export type { GpuMetrics } from './metrics.js';
export type { GpuFamily } from './wanted.js';
