import { CreateOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { goldenFolder } from './goldens.ts';
import { run } from './run.ts';
import { terraformInit } from './terraform.ts';

const LOCAL_STATE = 'terraform {\n  backend "local" {}\n}\n';

/** Creates an OIDC provider, as one that was there before. */
export async function createProvider(
  aws: string,
  region: string,
  url: string,
  audience: string,
): Promise<void> {
  const client = new IAMClient({
    endpoint: aws,
    region,
    credentials: { accessKeyId: 'admin', secretAccessKey: 'admin' },
  });
  await client.send(new CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList: [audience] }));
  client.destroy();
}

/** Applies a golden's HCL to an AWS, with a state that is gone afterwards; gives its roles, name to ARN. */
export async function deployGolden(golden: string, aws: string): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), `${golden}-`));
  const environment = {
    AWS_ENDPOINT_URL: aws,
    AWS_ACCESS_KEY_ID: 'admin',
    AWS_SECRET_ACCESS_KEY: 'admin',
  };
  try {
    cpSync(join(goldenFolder(golden), 'terraform'), folder, { recursive: true });
    writeFileSync(join(folder, 'backend_override.tf'), LOCAL_STATE);
    await terraformInit(folder, []);
    await run('terraform', ['apply', '-auto-approve', '-input=false'], folder, environment);
    const outputs = await run('terraform', ['output', '-json', 'role_arns'], folder);
    return JSON.parse(outputs) as Record<string, string>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
