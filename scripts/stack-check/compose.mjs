/** The compose file: against the specification's schema, and by the programs and libraries that read it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse, stringify } from 'yaml';
import { buildAround } from './go-library.mjs';
import { cases } from './outputs.mjs';
import { find, findAll, run, versionOf } from './program.mjs';

/** The library that docker compose reads its files with; its module carries the specification's schema. */
const library = { module: 'github.com/compose-spec/compose-go/v2', version: 'v2.16.2' };

/** A program of a few lines around the library: it loads a project as docker compose does, and prints what it came to. */
const loader = `package main

import (
	"context"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	options, err := cli.NewProjectOptions([]string{os.Args[1]}, cli.WithEnvFiles(os.Args[2]), cli.WithDotEnv, cli.WithConsistency(true))
	if err == nil {
		_, err = options.LoadProject(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
`;

function filesOf({ built }, name) {
  return { file: join(built[name], 'stack/compose.yaml'), versions: join(built[name], 'stack/versions.env') };
}

function summary(about, results) {
  const failed = results.filter(({ ok }) => !ok);
  return {
    ...about,
    ok: failed.length === 0,
    result: failed.length === 0 ? `accepted: ${cases.join(', ')}` : failed.map(({ text }) => text).join('\n'),
  };
}

function missing(program, what) {
  return { program, version: '', how: 'modelled', ok: true, result: what };
}

/** The folder of the library's module, from the Go toolchain's cache or its proxy. */
function moduleFolder(go) {
  const { ok, stdout } = run(go, ['mod', 'download', '-json', `${library.module}@${library.version}`]);
  if (!ok) return undefined;
  const folder = JSON.parse(stdout).Dir;
  return folder !== undefined && existsSync(folder) ? folder : undefined;
}

function checkSchema(outputs, folder) {
  const schema = JSON.parse(readFileSync(join(folder, 'schema/compose-spec.json'), 'utf8'));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const validate = ajv.compile(schema);
  const results = cases.map((name) => {
    const ok = validate(parse(readFileSync(filesOf(outputs, name).file, 'utf8')));
    return { ok, text: `${name}: ${ajv.errorsText(validate.errors)}` };
  });
  const about = {
    program: 'Compose specification: JSON schema',
    version: library.version,
    how: 'checked: ajv',
  };
  return summary(about, results);
}

function checkLibrary(outputs, go) {
  const about = {
    program: 'docker compose: its parser (compose-go)',
    version: library.version,
    how: 'executed: each project loaded, with its consistency checks',
  };
  const { program, fault } = buildAround(go, join(outputs.folder, 'compose-go'), library, loader);
  if (program === undefined) return missing(about.program, `it could not be built: ${fault}`);
  const results = cases.map((name) => {
    const { file, versions } = filesOf(outputs, name);
    const { ok, text } = run(program, [file, versions]);
    return { ok, text: `${name}: ${text}` };
  });
  return summary(about, results);
}

/** What came into the specification after version 1.29 of docker-compose, which is the last that is a program of its own. */
function forOldCompose(text) {
  const file = parse(text);
  delete file.name;
  for (const service of Object.values(file.services)) {
    delete service.deploy.resources.limits.pids;
    for (const volume of service.volumes ?? []) delete volume.bind?.create_host_path;
  }
  return stringify(file);
}

function checkPrograms(outputs) {
  return findAll('docker-compose').map((program) => {
    const version = versionOf(program, ['version', '--short']) || versionOf(program, ['version']);
    const isOld = version.startsWith('1.');
    const results = cases.map((name) => {
      const { file, versions } = filesOf(outputs, name);
      const copy = join(outputs.built[name], 'stack/compose.check.yaml');
      const text = readFileSync(file, 'utf8');
      writeFileSync(copy, isOld ? forOldCompose(text) : text);
      const { ok, text: said } = run(program, ['--env-file', versions, '-f', copy, 'config', '--quiet'], {
        cwd: join(outputs.built[name], 'stack'),
      });
      return { ok, text: `${name}: ${said}` };
    });
    const how = `executed: \`docker-compose config\`${isOld ? ', without `name`, `pids` and `create_host_path`, which are younger' : ''}`;
    return summary({ program: 'docker-compose', version, how }, results);
  });
}

/** The rows of the compose file. */
export function checkCompose(outputs) {
  const go = find('go');
  const folder = go === undefined ? undefined : moduleFolder(go);
  const running = {
    program: 'docker compose up',
    version: '',
    how: 'modelled',
    ok: true,
    result: 'needs the daemon of Docker; what each image can run is taken from its Dockerfile',
  };
  const known =
    folder === undefined
      ? [missing('Compose specification', `the module ${library.module} cannot be had here`)]
      : [checkSchema(outputs, folder), checkLibrary(outputs, go)];
  return [...known, ...checkPrograms(outputs), running];
}
