import { readFile, writeFile } from 'node:fs/promises';

interface Synthesized {
  readonly terraform: {
    readonly required_providers: { readonly aws: { readonly source: string } };
  };
}

/** A mirror may hold another version of the AWS provider than the one that CDKTF pins. */
export async function unpinProvider(file: string): Promise<void> {
  const synthesized = JSON.parse(await readFile(file, 'utf8')) as Synthesized;
  const { source } = synthesized.terraform.required_providers.aws;
  const terraform = {
    ...synthesized.terraform,
    required_providers: { aws: { source, version: '>= 5.0' } },
  };
  await writeFile(file, JSON.stringify({ ...synthesized, terraform }));
}
