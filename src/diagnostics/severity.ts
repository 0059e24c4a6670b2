/** How bad a finding is: an error is only what cannot work. */
export type Severity = 'error' | 'warning' | 'info';
