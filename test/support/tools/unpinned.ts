import { readFile, writeFile } from 'node:fs/promises';

interface Synthesised {
  readonly terraform: {
    readonly required_providers: { readonly aws: { readonly source: string } };
  };
}

/** A mirror may hold another version of the AWS provider than the one that CDKTF pins. */
export async function unpinProvider(file: string): Promise<void> {
  const synthesised = JSON.parse(await readFile(file, 'utf8')) as Synthesised;
  const { source } = synthesised.terraform.required_providers.aws;
  const terraform = {
    ...synthesised.terraform,
    required_providers: { aws: { source, version: '>= 5.0' } },
  };
  await writeFile(file, JSON.stringify({ ...synthesised, terraform }));
}
