import { pascal } from '../slo/names.js';

/** The counter of the times that a security event was more frequent than its alert allows; the preset `security` declares it. */
export const detectionCounter = 'security_detections_total';

/** The name of the alert on a security event: `auth.failed` is `AuthFailedDetected`. */
export function securityAlertName(event: string): string {
  return `${pascal(event)}Detected`;
}
