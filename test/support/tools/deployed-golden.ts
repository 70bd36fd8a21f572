import { CreateOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN } from './administrator.ts';
import { Deployment } from './deployment.ts';
import { goldenFolder } from '../builders/goldens.ts';
import type { MotoServer } from '../stand-ins/moto-server.ts';

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
    credentials: ADMIN,
  });
  await client.send(new CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList: [audience] }));
  client.destroy();
}

/** Applies a golden's HCL, with a state that is gone afterwards; gives its roles, name to ARN. */
export async function deployGolden(
  golden: string,
  aws: MotoServer,
): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), `${golden}-`));
  try {
    cpSync(goldenFolder(golden), folder, { recursive: true });
    const deployment = new Deployment(folder, aws);
    await deployment.init();
    await deployment.apply();
    return await deployment.roleArns();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
