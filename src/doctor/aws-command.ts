import { shell } from '../render/escape/shell.ts';

/** A command of the AWS CLI, one option a line. */
export function awsCommand(
  operation: string,
  options: readonly (readonly [option: string, ...values: string[]])[],
): string {
  return [
    `aws ${operation}`,
    ...options.map(([option, ...values]) => `  --${option} ${values.map(shell).join(' ')}`),
  ].join(' \\\n');
}
