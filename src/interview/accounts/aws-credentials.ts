import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Variables from any of which the AWS SDK gets credentials. */
const VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/** Whether there seem to be credentials for AWS. They are not read, and may have expired. */
export function hasAwsCredentials(env: NodeJS.ProcessEnv): boolean {
  return (
    VARIABLES.some((name) => (env[name] ?? '') !== '') ||
    existsSync(env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials')) ||
    existsSync(env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config'))
  );
}
