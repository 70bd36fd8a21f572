import { readdirSync, readFileSync } from 'node:fs';

/** What is due to a policy; each class but `fine` is worse for somebody. */
export type Due = 'dangerous' | 'too wide' | 'never works' | 'fine';

/** Who may assume the role. */
export type Who =
  | { readonly kind: 'nobody' | 'instance' | 'anyone' | 'undetermined' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'registrable'; readonly pattern: string }
  | {
      readonly kind: 'projects';
      readonly projects: readonly { readonly project: string; readonly refs: readonly string[] }[];
    };

/** A token by what differs from the base token, and what is known of the call. */
export interface Token {
  readonly claims: Readonly<Record<string, string>>;
  readonly request?: Readonly<Record<string, string>>;
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Document {
  readonly Version?: string;
  readonly Statement: readonly Statement[] | Statement;
}

/** A trust policy with the verdict that was written before any program saw it. */
export interface Scored {
  readonly id: string;
  readonly description: string;
  readonly trust: Document;
  readonly role?: string;
  readonly providers?: readonly {
    readonly arn: string;
    readonly url: string;
    readonly clientIds: readonly string[];
  }[];
  readonly policies?: readonly {
    readonly name: string;
    readonly arn?: string;
    readonly document?: Document;
  }[];
  readonly verdict: { readonly who: Who; readonly due: Due; readonly because: string };
  readonly allowed: Token | null;
  readonly denied: Token | null;
}

const FOLDER = new URL('policies/', import.meta.url);

export interface Theme {
  readonly name: string;
  readonly policies: readonly Scored[];
}

/** In the order of the files' names, and within a file as written. */
export const THEMES: readonly Theme[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .map((name) => ({
    name: name.replace('.json', ''),
    // The files are this project's own; `scoreboard.test.ts` holds their verdicts to the tokens.
    policies: JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as readonly Scored[],
  }));

export const POLICIES: readonly Scored[] = THEMES.flatMap(({ policies }) => policies);

/** A text or a list of texts, as a list. */
export function listOf(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === 'string');
}
