import { dirname } from 'node:path';

/** What a look at a text shows without reading it as JSON. */
export interface Glance {
  /** Whether the text holds roles as AWS prints them: then it is read by itself, and given up before the next one. */
  readonly isDump: boolean;
  /** Accounts that it names as owners of roles, the first 2. */
  readonly accounts: readonly string[];
  /** Whether it lists the OIDC providers of an account. */
  readonly listsProviders: boolean;
  /** Issuers that it trusts with a GitLab subject, without `https://`. */
  readonly gitlabs: readonly string[];
}

const GITLAB_SUBJECT = /"([\w.:/-]{4,255}):sub"\s*:\s*(?:\[\s*)?"project_(?:path|id):/g;
const OWNER = /"arn:[\w-]+:iam::(\d{12}):role\//g;

/** Looks at a text: a regular expression costs less than reading it twice. */
export function glance(text: string): Glance {
  const accounts = new Set<string>();
  for (const [, account = ''] of text.matchAll(OWNER)) {
    accounts.add(account);
    // A role names others in its policies: the first that is found is not always the owner.
    if (accounts.size > 1) break;
  }
  return {
    isDump: /"AssumeRolePolicyDocument"/.test(text),
    accounts: [...accounts],
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
  readonly #folders = new Map<string, Set<string>>();

  note(file: string, accounts: readonly string[]): void {
    const known = this.#folders.get(dirname(file)) ?? new Set();
    for (const account of accounts) known.add(account);
    this.#folders.set(dirname(file), known);
  }

  of(file: string): string | undefined {
    const [only, ...others] = this.#folders.get(dirname(file)) ?? [];
    return accountInPath(file) ?? (others.length === 0 ? only : undefined);
  }
}
