import { isObject, plainText } from '../../../text/json-object.ts';

/**
 * What a parameter is unless the deployment gives it: a text, whatever the template has, or a list of texts.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function defaultOf(parameter: unknown): string | string[] | undefined {
  const { Type: given, Default: value } = isObject(parameter) ? parameter : {};
  const type = plainText(given);
  // The default of a value in Systems Manager is its name there.
  if (value === undefined || type.startsWith('AWS::SSM::Parameter::Value')) return undefined;
  const text = plainText(value);
  return type.includes('List') ? text.split(',').map((one) => one.trim()) : text;
}
