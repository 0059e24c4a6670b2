import { certificatesOf } from '../../stack/certificates.js';
import { grafanaSecrets, secretsOf } from '../../stack/secrets.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { printError } from '../terminal.js';
import type { UpArguments } from './arguments.js';
import { requireBuilt } from './built.js';
import type { Running } from './faults.js';
import { presentAddresses } from './present.js';

/** Makes what is missing, starts the containers and waits until they are healthy. */
export async function upDocker(args: UpArguments, { signal, step, done }: Running): Promise<ExitCode> {
  step(`compiling ${args.spec}`);
  const built = await requireBuilt(args);
  done();
  if (typeof built === 'number') return built;
  const { model, stack, out } = built;
  const [
    { findCompose, requireDaemon },
    { makeSecrets, requireGivenSecrets },
    { makeCertificates },
    { composeUp },
  ] = await Promise.all([
    import('../../stack/run/docker/compose.js'),
    import('../../stack/run/secrets.js'),
    import('../../stack/run/certificates.js'),
    import('../../stack/run/docker/up.js'),
  ]);
  const compose = await findCompose(out, process.env, signal);
  const secrets = secretsOf(model, stack);
  // What can be made is made even where something else is missing: its folder is where that has to be put.
  const service = model.service.name;
  const made = [
    ...makeSecrets(secrets, out),
    ...(await makeCertificates(certificatesOf(model, stack), { out, service, env: process.env, signal })),
  ];
  for (const path of made) printError(`made: ${args.out}/${path}\n`);
  requireGivenSecrets(secrets, args.out);
  await requireDaemon(compose, signal);
  const parts = await composeUp(compose, { isTls: stack.access.tls, signal, onStep: step });
  done();
  presentAddresses(parts);
  const password = secrets.find(({ name }) => name === grafanaSecrets.adminPassword);
  if (password !== undefined) printError(`Grafana: user admin, password in ${args.out}/${password.path}\n`);
  return exitCodes.fine;
}
