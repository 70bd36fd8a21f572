import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const AWS = 'registry.terraform.io/hashicorp/aws';
const PLATFORM = 'linux_amd64';
const SOURCE = fileURLToPath(
  new URL('../test/support/tools/shared-providers.mjs', import.meta.url),
);

/**
 * Where this machine has a folder of Terraform providers, names one with a script in place of the AWS provider, by which
 * Terraform borrows the real one from `test/support/tools/shared-providers.mjs`. Without such a folder Terraform asks its
 * registry. `SHARED_PROVIDERS=0` has Terraform start the real one itself. The process of the providers ends with this one.
 */
export async function shareProviders() {
  const mirror = mirrorOfMachine();
  if (mirror === undefined) return;
  process.env['TERRAFORM_MIRROR'] = mirror;
  const provider = newestProvider(mirror);
  if (provider === undefined || process.env['SHARED_PROVIDERS'] === '0') return;
  const { version, name } = provider;
  const folder = mkdtempSync(join(tmpdir(), 'providers-'));
  const real = join(mirror, AWS, version, PLATFORM, name);
  const child = fork(SOURCE, [real, folder], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [port] = await once(child, 'message');
  const place = join(folder, AWS, version, PLATFORM);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, name), script(real, port), { mode: 0o755 });
  process.env['TERRAFORM_MIRROR'] = folder;
  // The script has no certificate to show.
  process.env['TF_DISABLE_PLUGIN_TLS'] = '1';
  child.unref();
  child.channel.unref();
}

function mirrorOfMachine() {
  const optional = existsSync('/opt') ? readdirSync('/opt').map((name) => join('/opt', name)) : [];
  const places = [
    process.env['TERRAFORM_MIRROR'],
    join(homedir(), '.terraform.d/plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
    ...optional,
  ];
  return places.find((place) => place && existsSync(join(place, AWS)));
}

/** The unpacked program of the newest version that the folder has. */
function newestProvider(mirror) {
  const versions = readdirSync(join(mirror, AWS));
  const [version = ''] = versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  const folder = join(mirror, AWS, version, PLATFORM);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const name = files.find((one) => one.startsWith('terraform-provider-aws_v'));
  return name === undefined ? undefined : { version, name };
}

/** A provider whose log matters is started by Terraform itself. */
function script(real, port) {
  return `#!/bin/bash
[ -z "\${TF_LOG-}\${TF_LOG_PROVIDER-}" ] || exec '${real}' "$@"
exec 3<>/dev/tcp/127.0.0.1/${port}
echo $$ >&3
read -r address <&3
echo "$address"
read -r _ <&3
`;
}
