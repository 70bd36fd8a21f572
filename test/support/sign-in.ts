import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { committedFiles } from './goldens.ts';

/** How the `aws` that stands in for the CLI behaves. */
export type AwsStub = 'signs-in' | 'refuses' | 'absent';

export interface SignIn {
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly output: string;
  /** The environment of the line after the sign-in; `undefined` where that line did not run. */
  readonly environment: Readonly<Record<string, string>> | undefined;
  /** What the token file held while the job ran, its mode, and whether it is there still. */
  readonly tokenFile:
    { readonly text: string; readonly mode: string; readonly left: boolean } | undefined;
  /** The arguments of each call of `aws`, a line each. */
  readonly calls: string;
}

interface CiFile {
  readonly '.aws-sign-in': { readonly before_script: readonly string[] };
}

/** The sign-in of a golden's CI file, as the runner gives it to a shell. */
function signInScript(golden: string): string {
  const text = committedFiles(golden).get('ci/assume-role.gitlab-ci.yml') ?? '';
  return (parse(text) as CiFile)['.aws-sign-in'].before_script.join('\n');
}

const CREDENTIALS = 'AKIDEXAMPLE\tsecret/with+signs=\ttoken//x==';

/** Answers as the CLI does, and writes down how it was called. */
const AWS = `#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
if [ "$AWS_STUB" = refuses ]; then
  echo 'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity' >&2
  exit 254
fi
case "$*" in
  *assume-role-with-web-identity*)
    for argument in "$@"; do
      case "$argument" in file://*) cp "\${argument#file://}" "$TOKEN_COPY" ;; esac
    done
    printf '%s\\n' '${CREDENTIALS}'
    ;;
esac
`;

/** The job's own script: leaves its environment and what it finds of the token behind. */
const JOB = `
env -0 > "$SEEN"
if [ -n "\${AWS_WEB_IDENTITY_TOKEN_FILE:-}" ]; then
  cp "$AWS_WEB_IDENTITY_TOKEN_FILE" "$TOKEN_COPY"
fi
stat -c '%a %n' "$aws_token_file" > "$TOKEN_MODE"
`;

/** Runs the sign-in of a golden and a line after it in a shell, as GitLab's runner would. */
export function signIn(
  golden: string,
  shell: readonly string[],
  folder: string,
  stub: AwsStub,
  variables: Readonly<Record<string, string>>,
): SignIn {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  if (stub !== 'absent') {
    writeFileSync(join(bin, 'aws'), AWS);
    chmodSync(join(bin, 'aws'), 0o755);
  }
  const [command = 'sh', ...options] = shell;
  for (const tool of [command, 'sh', 'cat', 'cp', 'cut', 'chmod', 'env', 'mktemp', 'rm', 'stat']) {
    const path = execFileSync('sh', ['-c', 'command -v "$0"', tool], { encoding: 'utf8' }).trim();
    if (!existsSync(join(bin, tool))) execFileSync('ln', ['-s', path, join(bin, tool)]);
  }
  const at = (name: string) => join(folder, name);
  const result = spawnSync(
    join(bin, command),
    [...options, '-c', `set -eu\n${signInScript(golden)}\n${JOB}`],
    {
      encoding: 'utf8',
      cwd: folder,
      env: {
        PATH: bin,
        TMPDIR: folder,
        CI_PROJECT_ID: '20',
        CI_JOB_ID: '4711',
        AWS_STUB: stub,
        CALLS: at('calls'),
        SEEN: at('seen'),
        TOKEN_COPY: at('token-copy'),
        TOKEN_MODE: at('token-mode'),
        ...variables,
      },
    },
  );
  const [mode = '', path = ''] = textOf(at('token-mode')).trim().split(' ');
  const seen = textOf(at('seen'));
  return {
    exitCode: result.status,
    stderr: result.stderr,
    output: result.stdout + result.stderr,
    environment:
      seen === '' ? undefined : Object.fromEntries(seen.split('\0').filter(Boolean).map(pair)),
    tokenFile:
      path === ''
        ? undefined
        : {
            text: textOf(at('token-copy')),
            mode,
            left: existsSync(path) || dirname(path) !== folder,
          },
    calls: textOf(at('calls')),
  };
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function pair(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}
