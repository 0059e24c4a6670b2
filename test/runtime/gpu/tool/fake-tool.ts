import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a fake nvidia-smi does, as lines of a shell script; `rows` prints one row a device, of the fields that were asked for. */
export const behaviours = {
  /** As the real one: it lists its fields, prints once, or again and again. */
  sound: 'answer',
  /** Never says anything. */
  sleeps: 'exec sleep 1000',
  /** Lists its fields, and hangs when it is asked for figures. */
  'hangs later': 'case "$*" in *--query-gpu=*) exec sleep 1000 ;; *) answer ;; esac',
  'ignores SIGTERM': "trap '' TERM; while :; do sleep 1; done",
  /** 100 MB without the end of a line. */
  floods: "head -c 100000000 /dev/zero | tr '\\0' x",
  'floods with lines': 'case "$*" in *--query-gpu=*) yes "$(rows)" | head -c 100000000 ;; *) answer ;; esac',
  'floods standard error': "head -c 100000000 /dev/zero | tr '\\0' x >&2",
  /** One whole row and a half, and then it is killed. */
  'dies half-way':
    'case "$*" in *--query-gpu=*) row 0; printf "1, 2, 00000000:02"; kill -9 $$ ;; *) answer ;; esac',
  'exits with 9':
    'echo "NVIDIA-SMI has failed because it couldn\'t communicate with the NVIDIA driver."; exit 9',
  'exits with 18': 'echo "Failed to initialize NVML: Driver/library version mismatch"; exit 18',
  'complains on standard error':
    'case "$*" in *--query-gpu=*) echo "Unable to determine the device handle for GPU0000:01:00.0: Unknown Error" >&2; exit 0 ;; *) answer ;; esac',
  'finds no device': 'case "$*" in *--query-gpu=*) echo "No devices were found"; exit 6 ;; *) answer ;; esac',
  /** Two devices, and after the first round one. */
  'drops a device':
    'case "$*" in *--loop-ms*) rows; while :; do sleep "$pause"; row 0; done ;; *) answer ;; esac',
  /** Runs through one more process, which has its pipe. */
  'runs another': 'sleep 1000 & answer',
  /** Ends, and leaves another process behind, which has its pipe. */
  'leaves another': 'case "$*" in *--query-gpu=*) sleep 1000 & rows; exit 0 ;; *) answer ;; esac',
  /** Prints once though it was asked to run on. */
  'does not run on': 'case "$*" in *--loop-ms*) rows ;; *) answer ;; esac',
  /** Keeps back what it says while it runs. */
  'keeps back': 'case "$*" in *--loop-ms*) exec sleep 1000 ;; *) answer ;; esac',
  'is cut into instances':
    'mig=Enabled; case "$*" in -L) cat "$0.list" ;; "-q -x") cat "$0.xml" ;; *) answer ;; esac',
} as const;

export type Behaviour = keyof typeof behaviours;

const script = (mark: string, devices: number, behaviour: string): string => `#!/bin/sh
export FAKE_TOOL_MARK=${mark}
pause=1; fields=; mig=Disabled; IFS=' '
for parameter in "$@"; do
  case "$parameter" in
    --loop-ms=*) pause=$(awk -v ms="\${parameter#*=}" 'BEGIN { print ms / 1000 }') ;;
    --query-gpu=*) fields=\${parameter#*=} ;;
  esac
done
value() {
  case "$2" in
    index) cell=$1 ;;
    count) cell=${devices} ;;
    pci.bus_id) cell=00000000:0$(($1 + 1)):00.0 ;;
    uuid) cell=GPU-0000000$1 ;;
    name) cell="NVIDIA A10" ;;
    driver_version) cell=590.48.01 ;;
    mig.mode.current) cell=$mig ;;
    utilization.gpu) cell=37 ;;
    memory.total) cell=23028 ;;
    memory.used) cell=19676 ;;
    temperature.gpu) cell=45 ;;
    power.draw) cell=58.98 ;;
    fan.speed) cell=[N/A] ;;
    *) cell=[N/A] ;;
  esac
}
row() {
  line=; IFS=,
  for field in $fields; do value "$1" "$field"; line="\${line:+$line, }$cell"; done
  IFS=' '
  printf '%s\\n' "$line"
}
rows() { device=0; while [ $device -lt ${devices} ]; do row $device; device=$((device + 1)); done; }
answer() {
  if [ -n "$fields" ]; then
    rows
    case "$parameters" in *--loop-ms*) while sleep "$pause"; do rows; done ;; esac
  else
    for field in index count pci.bus_id uuid name driver_version mig.mode.current utilization.gpu memory.total memory.used temperature.gpu power.draw fan.speed; do
      printf '"%s"\\nWhat it is.\\n\\n' $field
    done
  fi
}
parameters=$*
echo "$$ $*" >> "$0.calls"
${behaviour}
`;

/** A folder with programs that behave as a vendor's do where something is wrong. */
export class FakeTools {
  readonly folder = mkdtempSync(join(tmpdir(), 'obs-gen-gpu-'));

  /** @returns the path of the program */
  tool(behaviour: Behaviour, devices = 2): string {
    return this.program(behaviours[behaviour], devices);
  }

  /** A program of one's own. */
  program(behaviour: string, devices = 2): string {
    const path = join(mkdtempSync(join(this.folder, 'bin-')), 'nvidia-smi');
    writeFileSync(path, script(this.folder, devices, behaviour));
    chmodSync(path, 0o755);
    return path;
  }

  /** What a program was called with, call by call. */
  calls(path: string): readonly string[] {
    try {
      return readFileSync(`${path}.calls`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.replace(/^\d+ /, ''));
    } catch {
      return [];
    }
  }

  /** The processes that are left of all programs, by what they run. */
  left(): readonly string[] {
    return readdirSync('/proc').flatMap((pid) => {
      if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
        const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
        const isOurs =
          command.startsWith(`/bin/sh ${this.folder}`) ||
          environment.includes(`FAKE_TOOL_MARK=${this.folder}`);
        return isOurs ? [`${pid} ${command}`] : [];
      } catch {
        // Gone meanwhile.
        return [];
      }
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
