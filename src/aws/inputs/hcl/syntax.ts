/** What follows a value: `.name`, `[key]`, or a splat, after which the steps go into each item. */
export type HclStep =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly key: HclExpression }
  /** `[*]` takes all steps behind it to each item, `.*` only names. */
  | { readonly kind: 'splat'; readonly isFull: boolean };

/** What a `for` goes through, and what it calls each item. */
export interface HclLoop {
  readonly key: string | undefined;
  readonly item: string;
  readonly in: HclExpression;
}

/** An expression of HCL; `other` is what is not one that this program reads. */
export type HclExpression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly HclExpression[] }
  | { readonly kind: 'list'; readonly items: readonly HclExpression[] }
  | {
      readonly kind: 'object';
      readonly entries: readonly (readonly [HclExpression, HclExpression])[];
    }
  | { readonly kind: 'reference'; readonly name: string; readonly steps: readonly HclStep[] }
  | { readonly kind: 'within'; readonly of: HclExpression; readonly steps: readonly HclStep[] }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly HclExpression[];
      /** Whether the last argument is a list of arguments: `merge(local.all...)`. */
      readonly isExpanded: boolean;
    }
  | { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly of: HclExpression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: HclExpression;
      readonly right: HclExpression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: HclExpression;
      readonly yes: HclExpression;
      readonly no: HclExpression;
    }
  | {
      readonly kind: 'for';
      readonly loop: HclLoop;
      /** Of an object; a list has none. */
      readonly key: HclExpression | undefined;
      readonly value: HclExpression;
      readonly condition: HclExpression | undefined;
      /** Whether values of one key become a list: `k => v...`. */
      readonly isGrouped: boolean;
    }
  /** `%{ for … }` of a template: the text of each item, one after the other. */
  | { readonly kind: 'repeated'; readonly loop: HclLoop; readonly body: HclExpression }
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
