import { dirname, join } from 'node:path';
import type {
  AttachedPolicy,
  Inventory,
  OrganizationPolicy,
  ProviderFacts,
  RoleContext,
  RoleKey,
  UnreadableItem,
} from '../../access/role-context.ts';
import { accountOf, ANY_ACCOUNT } from '../../iam/arn.ts';
import { parseShaped } from '../../iam/evaluate/policy-shape.ts';
import type { TrustPolicy } from '../../iam/evaluate/policy.ts';
import { readDocument } from './document.ts';
import { EXPORT_AGAIN, type Fault, type JsonPath } from './text/parse-json.ts';
import { pathText, type Source } from './text/source.ts';
import { type JsonObject, isObject } from '../../text/json-object.ts';
import { listOf } from './values.ts';

/** A role as a reader finds it, before its trust policy is read. */
export interface RoleDraft {
  readonly label: string;
  readonly name?: string | undefined;
  readonly account?: string | undefined;
  /** JSON, or text that holds JSON. */
  readonly trust: unknown;
  readonly trustAt: JsonPath;
  readonly arn?: string | undefined;
  readonly path?: string | undefined;
  readonly policies?: readonly AttachedPolicy[] | undefined;
  readonly boundary?: AttachedPolicy | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly lastUsed?: string | null | undefined;
  readonly created?: string | undefined;
  readonly maxSessionDuration?: number | undefined;
  readonly description?: string | undefined;
  readonly sharedAs?: string | undefined;
}

/** What to do about a configuration whose values are not all in its files. */
export const FIX_CONFIGURATION =
  'Give the plan (terraform show -json) or the state, in which everything is written out';

const FIX_POLICY =
  'Correct it: see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html';

const CUT_OFF = 'This is not the whole list: AWS has further pages of it';
const FIX_CUT_OFF = 'Export it without --max-items and --no-paginate';

/** Gathers what readers find in one document. An item in which the text is faulty becomes an unreadable one. */
export class Collector {
  readonly #roles: RoleContext[] = [];
  readonly #providers: ProviderFacts[] = [];
  readonly #policies: OrganizationPolicy[] = [];
  readonly #unreadable: UnreadableItem[] = [];
  readonly #documents = new Map<string, unknown>();
  #cutOffAt: JsonPath | undefined;
  /** See {@link Inventory.assumed}. */
  readonly assumed = new Set<string>();

  constructor(
    readonly source: Source,
    private readonly faults: readonly Fault[] = [],
  ) {}

  /** What an item without a name of its own is called. */
  labelOf(at: JsonPath): string {
    return `${this.source.file}${at.length === 0 ? '' : `: ${pathText(at)}`}`;
  }

  role(at: JsonPath, draft: RoleDraft): void {
    if (this.#isFaulty(at)) return;
    const { label, name, arn, trust, trustAt, account } = draft;
    const document = readDocument(trust);
    if ('flaw' in document) {
      const whose = name === undefined ? '' : ` of ${label}`;
      this.unreadable(trustAt, `The trust policy${whose} ${document.flaw}`, FIX_POLICY);
      return;
    }
    const parsed = parseShaped(document.json);
    if (!parsed.ok) {
      const [first] = parsed.problems;
      const all = parsed.problems.map(({ where, what }) =>
        `${where.replace(/^: /, '')} ${what}`.trim(),
      );
      const whose = name === undefined ? '' : `The trust policy of ${label}: `;
      this.unreadable(trustAt, whose + all.join('; '), first?.fix ?? FIX_POLICY);
      return;
    }
    const owner = account ?? accountOf(arn) ?? accountOfTrust(parsed.policy) ?? ANY_ACCOUNT;
    this.#roles.push(
      roleOf(draft, parsed.policy, {
        key: { account: owner, name: name ?? label },
        place: this.source.at(at),
        trustPlace: this.source.at(trustAt),
      }),
    );
  }

  provider(at: JsonPath, facts: Omit<ProviderFacts, 'place'>): void {
    if (this.#isFaulty(at)) return;
    const url = facts.url.includes('://') ? facts.url : `https://${facts.url}`;
    this.#providers.push({ ...facts, url, place: this.source.at(at) });
  }

  organizationPolicy(at: JsonPath, policy: Omit<OrganizationPolicy, 'place'>): void {
    if (this.#isFaulty(at)) return;
    this.#policies.push({ ...policy, place: this.source.at(at) });
  }

  /** @param document as the input writes it: it is read where a role needs it */
  managedPolicy(arn: string, document: unknown): void {
    this.#documents.set(arn, document);
  }

  unreadable(at: JsonPath, what: string, fix: string, address?: string, key?: RoleKey): void {
    if (this.#isFaulty(at)) return;
    const place = this.source.at(at);
    this.#unreadable.push({
      place,
      what,
      fix,
      ...(address === undefined ? {} : { address }),
      ...(key && { keys: [key] }),
    });
  }

  /**
   * Notes whether AWS has more of a list than this page of it; the page after it, in the same text, settles that.
   *
   * @see https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-pagination.html
   */
  page({ IsTruncated, NextToken }: JsonObject, at: JsonPath): void {
    this.#cutOffAt = IsTruncated === true || typeof NextToken === 'string' ? at : undefined;
  }

  /** Reports something in the place of something else. @param what with its article, such as `a list` */
  isNot(what: string, at: JsonPath): void {
    this.unreadable(at, `This is not ${what}`, EXPORT_AGAIN);
  }

  /** A list that may be absent; anything else in its place is reported. */
  list(value: unknown, at: JsonPath): readonly unknown[] {
    if (!Array.isArray(value ?? [])) this.isNot('a list', at);
    return listOf(value);
  }

  /** The objects of such a list, each with its place; anything else in the place of one is reported. */
  objects(value: unknown, at: JsonPath, what: string): (readonly [JsonObject, JsonPath])[] {
    return this.list(value, at).flatMap((one, index): [JsonObject, JsonPath][] => {
      const place = [...at, index];
      if (isObject(one)) return [[one, place]];
      this.isNot(what, place);
      return [];
    });
  }

  /** @param file that holds the item, relative to this one; `undefined` where it is nowhere that can be read */
  inAnotherFile(at: JsonPath, what: string, fix: string, file: string | undefined): void {
    if (this.#isFaulty(at)) return;
    const heldBy = file === undefined ? undefined : join(dirname(this.source.file), file);
    const place = this.source.at(at);
    this.#unreadable.push({ place, what, fix, ...(heldBy !== undefined && { heldBy }) });
  }

  /** Everything found, with one unreadable item for each fault of the text. */
  inventory(): Inventory {
    if (this.#cutOffAt) this.unreadable(this.#cutOffAt, CUT_OFF, FIX_CUT_OFF);
    // Reports name the place itself.
    const faults = this.faults.map(({ path, within, what, fix }) => ({
      place: this.source.at(path),
      what: `${(within && pathText(within)) || 'It'} ${what}`,
      fix,
    }));
    return {
      roles: this.#roles,
      providers: this.#providers,
      policies: this.#policies,
      ...(this.#documents.size > 0 && { documents: this.#documents }),
      unreadable: [...this.#unreadable, ...faults],
      ...(this.assumed.size > 0 && { assumed: [...this.assumed] }),
    };
  }

  /** Whether the text is faulty inside the item, or in what the item stands in. */
  #isFaulty(at: JsonPath): boolean {
    return this.faults.some(
      ({ path }) => isBelow(path, at) || (path.length > 0 && isBelow(at, path)),
    );
  }
}

/** What is not known is left out. Each member has a line of its own: an account has thousands of roles. */
function roleOf(
  draft: RoleDraft,
  trust: TrustPolicy,
  { key, place, trustPlace }: Pick<RoleContext, 'key' | 'place' | 'trustPlace'>,
): RoleContext {
  const { label, name, arn, path, policies, boundary, tags, lastUsed, created } = draft;
  const { maxSessionDuration, description, sharedAs } = draft;
  const role: Writable<RoleContext> = { key, label, place, trust, trustPlace, providers: [] };
  if (name !== undefined) role.name = name;
  if (arn !== undefined) role.arn = arn;
  if (path !== undefined) role.path = path;
  if (policies !== undefined) role.policies = policies;
  if (boundary !== undefined) role.boundary = boundary;
  if (tags !== undefined) role.tags = tags;
  if (lastUsed !== undefined) role.lastUsed = lastUsed;
  if (created !== undefined) role.created = created;
  if (maxSessionDuration !== undefined) role.maxSessionDuration = maxSessionDuration;
  if (description !== undefined) role.description = description;
  if (sharedAs !== undefined) role.sharedAs = sharedAs;
  return role;
}

type Writable<T> = { -readonly [Field in keyof T]: T[Field] };

function isBelow(path: JsonPath, above: JsonPath): boolean {
  return above.every((key, index) => path[index] === key);
}

/** A role trusts OIDC providers of its own account alone: of several accounts it is not known which one that is. */
function accountOfTrust({ statements }: TrustPolicy): string | undefined {
  const [account, ...others] = new Set(
    statements.flatMap(({ principal }) =>
      principal.entries.flatMap(({ value }) =>
        value.includes(':oidc-provider/') ? (accountOf(value) ?? []) : [],
      ),
    ),
  );
  return others.length > 0 ? undefined : account;
}
