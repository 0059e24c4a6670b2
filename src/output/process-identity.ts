import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { errnoOf } from './io-failure.js';

/**
 * When a process started, in a form that is stable while it lives; '0' where the system does not tell, undefined where no such
 * process is. A process id alone is given to another process sooner or later; with the start it is unique.
 */
export function startOf(pid: number): string | undefined {
  if (!exists(pid)) return undefined;
  try {
    if (process.platform === 'linux') return startInProc(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    if (process.platform === 'win32') return '0';
    const env = { PATH: process.env['PATH'] ?? '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' };
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return text.replaceAll(/[^0-9A-Za-z]+/g, '') || '0';
  } catch {
    // It has just ended, or others' processes are hidden: ask once more.
    return exists(pid) ? '0' : undefined;
  }
}

/**
 * The start in clock ticks since boot from /proc/PID/stat; undefined for a process that is dead already and only waits for its parent. The
 * second field is the program's name in parentheses, and may hold blanks and parentheses itself.
 */
export function startInProc(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}
