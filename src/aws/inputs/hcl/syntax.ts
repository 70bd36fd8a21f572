/** A part of HCL, as far as this program evaluates it; `other` is everything else. */
export type HclExpression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly HclExpression[] }
  | { readonly kind: 'list'; readonly items: readonly HclExpression[] }
  | {
      readonly kind: 'object';
      readonly entries: readonly (readonly [HclExpression, HclExpression])[];
    }
  | { readonly kind: 'reference'; readonly path: readonly string[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly HclExpression[] }
  | { readonly kind: 'other'; readonly text: string };

export interface Attribute {
  readonly name: string;
  readonly value: HclExpression;
  readonly offset: number;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly offset: number;
}

/** @see https://developer.hashicorp.com/terraform/language/syntax/configuration */
export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

/** The text is not HCL from this offset on. */
export class SyntaxFault extends Error {
  constructor(
    readonly offset: number,
    readonly expected: string,
  ) {
    super(`expected ${expected}`);
  }
}
