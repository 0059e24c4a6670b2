// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { environmentVariable } from '../host.js';

/** The environment's name: given, or of the variables that name it. */
export function environmentName(given: string | undefined): string | undefined {
  if (given !== undefined) return given;
  const attributes = new Map(
    (environmentVariable('OTEL_RESOURCE_ATTRIBUTES') ?? '').split(',').map((pair) => {
      const [key, ...value] = pair.split('=');
      return [key?.trim() ?? '', value.join('=').trim()] as const;
    }),
  );
  return (
    attributes.get('deployment.environment.name') ??
    attributes.get('deployment.environment') ??
    environmentVariable('NODE_ENV')
  );
}
