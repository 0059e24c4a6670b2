/** A row of dcgm-exporter: `DCGM_FI_DEV_GPU_TEMP{gpu="0",…} 41`. */
const row = /^DCGM_FI_[A-Z\d_]+\{/m;

/** Whether a page of metrics, or its beginning, is that of dcgm-exporter: it has a row under one of DCGM's names. */
export function isDcgmPage(page: string): boolean {
  return row.test(page);
}
