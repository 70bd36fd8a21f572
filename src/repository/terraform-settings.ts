import { lstat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { parseHcl } from '../aws/inputs/hcl/parse-body.ts';
import { type Block, type Body, SyntaxFault } from '../aws/inputs/hcl/syntax.ts';
import { blocksOfJson } from '../aws/inputs/terraform/json-configuration.ts';
import { parseJson } from '../aws/inputs/text/parse-json.ts';
import { isObject } from '../text/json-object.ts';
import { listInputFiles, readInputFile } from './input-files.ts';

/** What files say of where the state is and who deploys, in place of what was generated. */
export interface SettingsEdit {
  readonly paths: readonly string[];
  readonly effect: string;
}

const FOLDER = 'terraform';

/** The settings of Terraform that are not resources, and what a difference in each of them means. */
const SETTINGS: readonly { readonly of: (blocks: readonly Block[]) => string[]; effect: string }[] =
  [
    { of: backendsIn, effect: 'the state is kept in another place' },
    {
      of: signInsIn,
      effect: 'Terraform signs in to AWS in another way, so this may reach another account',
    },
  ];

/** Arguments of the AWS provider that decide which account it reaches, and as whom. */
const SIGN_IN = new Set([
  'access_key',
  'allowed_account_ids',
  'assume_role',
  'assume_role_with_web_identity',
  'endpoints',
  'forbidden_account_ids',
  'profile',
  'secret_key',
  'shared_config_files',
  'shared_credentials_files',
  'token',
]);

/**
 * Compares backends and AWS providers, each folder as a whole: Terraform reads all of its files.
 *
 * @param current the existing texts of generated files
 */
export async function settingsEdits(
  root: string,
  current: ReadonlyMap<string, string>,
  generated: ReadonlyMap<string, string>,
): Promise<SettingsEdit[]> {
  const found = await textsIn(root, current);
  const paths = [...new Set([...found.keys(), ...generated.keys()])].filter(
    (path) => /\.tf(\.json)?$/.test(path) && found.get(path) !== generated.get(path),
  );
  const edited = paths.map((path) => ({
    path,
    now: blocksOf(path, found.get(path)),
    then: blocksOf(path, generated.get(path)),
  }));
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  return folders.flatMap((folder) => {
    const own = edited.filter(({ path }) => dirname(path) === folder);
    return SETTINGS.flatMap(({ of, effect }): SettingsEdit[] => {
      const textsOf = (blocks: readonly Block[]) => of(blocks).sort().join('\n');
      const changed = own.filter(({ now, then }) => textsOf(now) !== textsOf(then));
      // What only moved to another file of the folder is the same.
      const isSame =
        textsOf(own.flatMap(({ now }) => now)) === textsOf(own.flatMap(({ then }) => then));
      return isSame ? [] : [{ paths: changed.map(({ path }) => path), effect }];
    });
  });
}

/** The generated files as they are, and those beside them. */
async function textsIn(root: string, current: ReadonlyMap<string, string>) {
  const found = await lstat(join(root, FOLDER)).catch(() => undefined);
  const files = found?.isDirectory() ? listInputFiles(join(root, FOLDER)) : [];
  const texts = new Map(current);
  for (const { file } of files) {
    const path = relative(root, file);
    if (!texts.has(path)) texts.set(path, await readInputFile(file));
  }
  return texts;
}

/** None where the text is not read: that is reported with the roles. */
function blocksOf(path: string, text = ''): readonly Block[] {
  if (path.endsWith('.json')) {
    const { value } = parseJson(text);
    if (!isObject(value)) return [];
    const settings = { resource: { terraform: { '': value['terraform'] } } };
    const blocks = blocksOfJson({ provider: value['provider'], ...settings }, []);
    return blocks.map((one) => (one.type === 'resource' ? { ...one, type: 'terraform' } : one));
  }
  try {
    return parseHcl(text).blocks;
  } catch (error) {
    if (error instanceof SyntaxFault) return [];
    throw error;
  }
}

function backendsIn(blocks: readonly Block[]): string[] {
  return blocks
    .filter(({ type }) => type === 'terraform')
    .flatMap(({ body }) => partsOf(body, (name) => name === 'backend' || name === 'cloud'));
}

function signInsIn(blocks: readonly Block[]): string[] {
  return blocks
    .filter(({ type, labels }) => type === 'provider' && labels[0] === 'aws')
    .flatMap(({ body }) => partsOf(body, (name) => SIGN_IN.has(name)));
}

function partsOf({ attributes, blocks }: Body, isWanted: (name: string) => boolean): string[] {
  return [
    ...attributes.filter(({ name }) => isWanted(name)),
    ...blocks.filter(({ type }) => isWanted(type)),
  ].map((one) =>
    JSON.stringify(one, (key, value: unknown) => (key === 'offset' ? undefined : value)),
  );
}
