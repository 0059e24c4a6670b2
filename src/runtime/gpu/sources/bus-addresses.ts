/** Which device is on which bus of the host: the kernel's log names devices so. */
export class BusAddresses {
  private readonly indexes = new Map<string, string>();

  /** Takes it from rows of `nvidia-smi --query-gpu` whose fields these are. */
  learn(rows: string, fields: readonly string[]): void {
    const index = fields.indexOf('index');
    const bus = fields.indexOf('pci.bus_id');
    if (index < 0 || bus < 0) return;
    for (const row of rows.split('\n')) {
      const cells = row.split(',', Math.max(index, bus) + 1);
      const address = busOf(cells[bus] ?? '');
      const device = cells[index]?.trim() ?? '';
      if (address !== undefined && /^\d{1,4}$/.test(device)) this.indexes.set(address, device);
    }
  }

  /** The index of a device by its address, as `0000:9b:00` or `00000000:9B:00.0`; the address where it is not known. */
  indexOf(address: string): string {
    const bus = busOf(address);
    return (bus === undefined ? undefined : this.indexes.get(bus)) ?? address;
  }
}

/** Domain, bus and device, in the fewest digits. */
function busOf(address: string): string | undefined {
  const [, domain = '', bus = '', device = ''] =
    /^\s*([\da-f]{4,8}):([\da-f]{2}):([\da-f]{2})(?:\.\d)?\s*$/i.exec(address) ?? [];
  return bus === ''
    ? undefined
    : [domain, bus, device].map((part) => parseInt(part, 16).toString(16)).join(':');
}
