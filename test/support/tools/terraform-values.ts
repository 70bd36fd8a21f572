import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';

/** Resources by type and label, their attributes as Terraform evaluates them, without any provider. */
export type Resources = Readonly<Record<string, Readonly<Record<string, RoleAttributes>>>>;

/** The attributes of a role, or of one of its policies. */
interface RoleAttributes {
  readonly description?: string;
  readonly path?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly assume_role_policy?: string;
  readonly policy?: string;
}

const OUTPUT = { resources: { value: '${local.resources}' } };

/** What Terraform evaluates the attributes of HCL resources to. References to other resources stand for themselves. */
export function valuesOfHcl(hcl: string): Promise<Resources> {
  const resources = hcl
    .replace(/^( *\w+ += )((?:aws_iam|data\.)[\w.]+)$/gm, '$1"$2"')
    .replace(/^resource "(\w+)" "(\w+)" \{$/gm, '"$1.$2" = {');
  return evaluated({
    'main.tf': `locals {\n  flat = {\n${resources}\n}\n}\n`,
    'resources.tf': `locals {
      resources = { for type in toset([for key in keys(local.flat) : split(".", key)[0]]) :
        type => { for key, value in local.flat : split(".", key)[1] => value if split(".", key)[0] == type }
      }
    }`,
    'outputs.tf.json': JSON.stringify({ output: OUTPUT }),
  });
}

/** The same for a stack that cdktf has synthesized. */
export function valuesOfStack(stack: string): Promise<Resources> {
  const { resource } = JSON.parse(stack.replace(/\$\{((?:aws_iam|data\.)[\w.]+)\}/g, '$1')) as {
    resource: unknown;
  };
  return evaluated({
    'main.tf.json': JSON.stringify({ locals: { resources: resource }, output: OUTPUT }),
  });
}

async function evaluated(files: Record<string, string>): Promise<Resources> {
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await run('terraform', ['apply', '-auto-approve'], folder);
    const outputs = JSON.parse(await run('terraform', ['output', '-json'], folder)) as {
      resources: { value: Resources };
    };
    return outputs.resources.value;
  } finally {
    await rm(folder, { recursive: true });
  }
}
