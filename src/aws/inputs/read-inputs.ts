import { join } from 'node:path';
import type { Inventory } from '../../access/role-context.ts';
import { mergeInventories } from './merge.ts';
import { isBeside, isHcl, isTerraformJson, readHclFiles } from './terraform/hcl-files.ts';
import { LINE_OF_JSON } from './text/json-level.ts';
import { FORMATS_THAT_ARE_READ, readJsonInput, readYamlInput } from './read-json.ts';

/** A file's text, and the name by which the user knows it. */
export interface InputText {
  readonly file: string;
  readonly text: string;
  /** Found in a folder that the user named: it may be something else, and is then left out. */
  readonly isFound: boolean;
  /** Why there is no text. */
  readonly fault?: { readonly what: string; readonly fix: string };
}

/**
 * Reads roles, providers and policies from texts of any format; the format follows from the content, not from the name.
 * Texts of one folder that are HCL are one configuration, with the modules of other folders that it calls.
 */
export function readInventory(inputs: readonly InputText[]): Inventory {
  const hcl = inputs.filter(isConfiguration);
  const others = inputs.filter((input) => !isConfiguration(input));
  return mergeInventories([
    ...(hcl.length > 0 ? readHclFiles(hcl, others) : []),
    ...others
      .filter((one) => one.fault !== undefined || !(one.isFound && isBeside(one.file)))
      .map(readText),
  ]);
}

/** A .tf or .tofu file that begins with a fault is still HCL, and must not be passed over. */
export function isConfiguration(input: InputText): boolean {
  return (
    input.fault === undefined &&
    (isHcl(input.text) ||
      (input.isFound && /\.(tf|tofu)$/.test(input.file)) ||
      isTerraformJson(input))
  );
}

/** A template of CloudFormation, or what the AWS CLI prints with `--output yaml`. */
const YAML =
  /^"?(Resources|Roles?|RoleDetailList|OpenIDConnectProviderList|ClientIDList|AssumeRolePolicyDocument)"?:/m;

/** How a file of gzip begins where it is read as text. */
const GZIP = '\u001f\ufffd\b';
const COMPRESSED = { what: 'It is compressed with gzip', fix: 'Unpack it first, e.g. with gunzip' };

/** How a file of ZIP begins. */
const ZIP = 'PK\u0003\u0004';
const PLAN = {
  what: 'It is a ZIP archive, as terraform plan -out writes it',
  fix: 'Give what terraform show -json prints of the plan',
};

const NOTHING: Inventory = { roles: [], providers: [], policies: [], unreadable: [] };

function readText({ file, text, isFound, fault: known }: InputText): Inventory {
  const isPlan = text.startsWith(ZIP) && !isFound;
  const fault = known ?? (text.startsWith(GZIP) ? COMPRESSED : isPlan ? PLAN : undefined);
  if (fault) return { ...NOTHING, unreadable: [{ place: { file, path: '' }, ...fault }] };
  const found =
    /^\s*(\[|"|\/|\{(?![{%]))/.test(text) || LINE_OF_JSON.test(text)
      ? readJsonInput(text, file)
      : YAML.test(text)
        ? readYamlInput(text, file)
        : undefined;
  if (found && !(isFound && isOfSomethingElse(found, text)))
    return { ...found, templates: [join(file)] };
  return isFound ? { ...NOTHING, passedOver: [file] } : notRecognized(file, text);
}

/**
 * Whether a broken text of a folder belongs to another tool, and is not a dump that was cut off: some tools allow commas at the
 * end of a list, and templates of YAML may begin as JSON does.
 */
function isOfSomethingElse({ roles, providers, policies }: Inventory, text: string): boolean {
  return roles.length + providers.length + policies.length === 0 && !OF_IAM.test(text);
}

/** Words of which every format has one near its beginning. */
const OF_IAM = /role|polic|statement|openid|clientid|resource|terraform|aws|encrypted_data/i;

function notRecognized(file: string, text: string): Inventory {
  const what =
    text.trim() === ''
      ? 'It is empty'
      : /^\s*[[{]/.test(text)
        ? 'This is neither a policy, nor a role, nor any other format that is read'
        : 'This is neither JSON nor an answers file, nor any other format that is read';
  return {
    ...NOTHING,
    unreadable: [{ place: { file, path: '' }, what, fix: FORMATS_THAT_ARE_READ }],
  };
}
