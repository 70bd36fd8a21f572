import { dirname } from 'node:path';

/** What a look at a text shows without reading it as JSON. */
export interface Glance {
  /** Whether the text holds roles as AWS prints them: then it is read by itself, and given up before the next one. */
  readonly isDump: boolean;
  /** Accounts that it names as owners of roles, the first 2. */
  readonly accounts: readonly string[];
  /** That of the roles that it names. */
  readonly partition: string | undefined;
  /** Whether it lists the OIDC providers of an account. */
  readonly listsProviders: boolean;
  /** Issuers that it trusts with a GitLab subject, without `https://`. */
  readonly gitlabs: readonly string[];
}

const GITLAB_SUBJECT = /"([\w.:/-]{4,255}):sub"\s*:\s*(?:\[\s*)?"project_(?:path|id):/g;
const OWNER = /"arn:([\w-]+):iam::(\d{12}):role\//g;

/** Looks at a text: a regular expression costs less than reading it twice. */
export function glance(text: string): Glance {
  const accounts = new Set<string>();
  let partition: string | undefined;
  for (const [, of, account = ''] of text.matchAll(OWNER)) {
    // No role can name one of another partition.
    partition ??= of;
    accounts.add(account);
    // A role names others in its policies: the first that is found is not always the owner.
    if (accounts.size > 1) break;
  }
  return {
    isDump: /"AssumeRolePolicyDocument"/.test(text),
    accounts: [...accounts],
    partition,
    listsProviders: /"OpenIDConnectProviderList"/.test(text),
    gitlabs: [...new Set([...text.matchAll(GITLAB_SUBJECT)].map(([, issuer = '']) => issuer))],
  };
}

/** The 12 digits of an account in a path, such as `dumps/111111111111/roles.json`. */
function accountInPath(file: string): string | undefined {
  return /(?:^|[^\d])(\d{12})(?:[^\d]|$)/.exec(file)?.[1];
}

/** Which account a file without any ARN belongs to: its path says, or the folder that it lies in. */
export class Owners {
  readonly #accounts = new Map<string, Set<string>>();
  readonly #partitions = new Map<string, Set<string>>();

  note(file: string, { accounts, partition }: Pick<Glance, 'accounts' | 'partition'>): void {
    // A text that names roles of several accounts may be of any of them.
    if (accounts.length === 1) add(this.#accounts, dirname(file), accounts[0]);
    add(this.#partitions, dirname(file), partition);
  }

  of(file: string): string | undefined {
    return accountInPath(file) ?? only(this.#accounts.get(dirname(file)));
  }

  partitionOf(file: string): string | undefined {
    return only(this.#partitions.get(dirname(file)));
  }
}

function add(to: Map<string, Set<string>>, key: string, value: string | undefined): void {
  if (value !== undefined) to.set(key, (to.get(key) ?? new Set()).add(value));
}

function only([one, ...others]: Iterable<string> = []): string | undefined {
  return others.length === 0 ? one : undefined;
}

/** Whether Terraform or OpenTofu reads a file by its name. */
export function isTerraformFile(file: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(file);
}

/** What stands for an account that the input does not name: the file, or the folder of a configuration, which is read whole. */
export function unnamedAccount(file: string): string {
  return isTerraformFile(file) ? dirname(file) : file;
}
