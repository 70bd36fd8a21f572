import { jsonText } from '../../text/json-text.ts';
import { shellWord } from '../../text/shell-word.ts';

/**
 * A command of the AWS CLI. Its input is JSON, because version 1 of the CLI fetches the page where an option's value
 * begins with `https://`, as an audience does.
 *
 * @param input the operation's parameters, as AWS's API names them
 * @see https://docs.aws.amazon.com/cli/v1/userguide/cli-usage-parameters-types.html
 */
export function awsCommand(
  operation: string,
  input: Readonly<Record<string, string | number | readonly string[]>>,
): string {
  return `aws ${operation} --cli-input-json ${shellWord(jsonText(input))}`;
}
