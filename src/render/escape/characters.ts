import { visible } from '../../text/unprintable.ts';

/** A JSON string whose every character can be seen; also a string of TypeScript and of YAML. */
export function quoted(text: string): string {
  return visible(JSON.stringify(text));
}

/**
 * Text that a Terraform template evaluates to that very text.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function terraformLiteral(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}
