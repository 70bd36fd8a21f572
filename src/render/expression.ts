/** A value that only the deploy knows, in each language's own words. */
export class Expression {
  constructor(
    readonly hcl: string,
    readonly ts: string,
    readonly cfn = '',
  ) {}
}

/** A value that a template prints in a language: plain data with expressions in it. */
export type Printable =
  null | string | number | boolean | Expression | readonly Printable[] | PrintableObject;

/** What is undefined is not printed. */
export interface PrintableObject {
  readonly [key: string]: Printable | undefined;
}
