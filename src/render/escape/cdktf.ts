import { terraformLiteral } from './characters.ts';

/** Comes to nothing in a Terraform template, and needs no quotes: the text may be JSON inside JSON. */
const NOTHING = '%{if false}%{endif}';

/** What all of the following begin with: most texts have none of it. */
const SUSPECT = /[$%#&]\{|[-|\d.+]e[-|\d.eE+]|Map Token/;

/** The markers of cdktf's tokens, which it finds even behind a `$` that escapes them. */
const TOKEN = /(?<=[$#&]\{)(?=TfToken\[)/g;
/** What cdktf reads as a number to see whether it is a token. */
const NUMBER = /[-|\d.+]+e[-|\d.eE+]+/g;
/** A number that is a token is below this. */
const TOKEN_NUMBERS = -1e200;
/** Strings that cdktf takes for a misused map. */
const RESERVED = /^(String|Any) Map Token Value$/;

/**
 * Text that cdktf hands on to Terraform as it is, and that Terraform evaluates to that very text.
 *
 * @see https://github.com/hashicorp/terraform-cdk/blob/main/packages/cdktf/lib/tokens/private/encoding.ts
 */
export function cdktfLiteral(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return terraformLiteral(text)
    .replace(TOKEN, NOTHING)
    .replace(NUMBER, (number) =>
      parseFloat(number) < TOKEN_NUMBERS ? number.replaceAll('e', `${NOTHING}e`) : number,
    )
    .replace(RESERVED, `${NOTHING}$&`);
}
