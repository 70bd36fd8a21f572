import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath } from './required-tools.ts';
import type { JobShell } from './shells.ts';

export interface Job {
  /** The lines of `before_script` and `script`, as one text. */
  readonly script: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Whether AWS accepts the token; or that the image has no `aws`. */
  readonly aws: 'accepts' | 'refuses' | 'absent';
  /** Further commands of the image, each a script of its own. */
  readonly commands?: Readonly<Record<string, string>>;
  /** GitLab Runner evaluates the script at the end of a pipe, which is a subshell. */
  readonly asRunnerDoes?: boolean;
  /** The lines of `after_script`, which GitLab Runner runs in a shell of their own, whatever the job's end. */
  readonly afterScript?: string;
}

export interface JobRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The arguments of each call of `aws`. */
  readonly awsCalls: readonly (readonly string[])[];
  /** The environment of the first call of `aws`. */
  readonly awsEnvironment: Readonly<Record<string, string>>;
  /** The token that the exchange got on its standard input, where there was one. */
  readonly exchangedToken: string | undefined;
  /** What `RECORD` saw, where the script came to it. */
  readonly seen: Sight | undefined;
  /** What is in the temporary folder when the job is over. */
  readonly leftBehind: readonly string[];
}

interface Sight {
  readonly environment: Readonly<Record<string, string>>;
  /** The files in the temporary folder: name, mode and content. */
  readonly files: readonly {
    readonly path: string;
    readonly mode: string;
    readonly text: string;
  }[];
}

/** A script line that records the environment a job's own lines run in. */
export const RECORD = 'env > "$REPORT/environment"; cp -pR "$TMPDIR/." "$REPORT/files/"';

export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE00',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==',
} as const;

export const ACCESS_DENIED =
  'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: ' +
  'Not authorized to perform sts:AssumeRoleWithWebIdentity';

const COMMANDS = [
  ...['cat', 'chmod', 'cp', 'cut', 'env', 'find'],
  ...['grep', 'mkdir', 'mktemp', 'rm', 'sha256sum'],
];

/** Refuses the exchange only: without a token's file, `aws` would go on as the machine's own role. */
const AWS_STUB = `#!/bin/sh
[ -e "$REPORT/aws-environment" ] || env > "$REPORT/aws-environment"
{ printf '%s\\t' "$@"; echo; } >> "$REPORT/aws-calls"
case "$2:\${AWS_WEB_IDENTITY_TOKEN_FILE:+web-identity}:$AWS_ANSWER" in
  assume-role-with-web-identity:*:refuses | *:web-identity:refuses)
    printf '\\n%s\\n' '${ACCESS_DENIED}' >&2
    exit 254
    ;;
  assume-role-with-web-identity:*)
    cat > "$REPORT/exchanged-token"
    printf '%s\\t%s\\t%s\\n' ${Object.values(CREDENTIALS).join(' ')}
    ;;
esac
`;

/** Runs a job in an empty environment of its own: only its variables, the shell's commands and a stub `aws`. */
export function runJob(shell: JobShell, job: Job): JobRun {
  const scratch = mkdtempSync(join(tmpdir(), 'job-'));
  try {
    const [bin = '', report = '', temporary = ''] = ['bin', 'report', 'tmp'].map((name) => {
      const folder = join(scratch, name);
      mkdirSync(folder);
      return folder;
    });
    mkdirSync(join(report, 'files'));
    for (const command of COMMANDS) linkCommand(shell, command, bin);
    const commands = { ...job.commands, ...(job.aws !== 'absent' && { aws: AWS_STUB }) };
    for (const [command, text] of Object.entries(commands)) {
      writeFileSync(join(bin, command), text, { mode: 0o755 });
    }
    const env = {
      ...job.variables,
      PATH: bin,
      TMPDIR: temporary,
      REPORT: report,
      AWS_ANSWER: job.aws,
    };
    const runScript = (script: string) =>
      spawnSync(onPath(shell.file) ?? shell.file, [...shell.args, '-c', `set -eu\n${script}`], {
        encoding: 'utf8',
        // A socket for input makes bash read ~/.bashrc.
        stdio: ['ignore', 'pipe', 'pipe'],
        env,
      });
    const run = runScript(job.asRunnerDoes ? `: | eval ${quoted(job.script)}\nexit 0` : job.script);
    if (job.afterScript !== undefined) runScript(job.afterScript);
    return {
      exitCode: run.status,
      stdout: run.stdout,
      stderr: run.stderr,
      awsCalls: lines(join(report, 'aws-calls')).map((line) => line.split('\t').slice(0, -1)),
      awsEnvironment: environment(join(report, 'aws-environment')),
      exchangedToken: textOf(join(report, 'exchanged-token')),
      seen: sight(report, temporary),
      leftBehind: readdirSync(temporary),
    };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function quoted(script: string): string {
  return `'${script.replaceAll("'", String.raw`'\''`)}'`;
}

function linkCommand(shell: JobShell, command: string, bin: string): void {
  const target = onPath(shell.commands === 'busybox' ? 'busybox' : command);
  if (target === undefined) throw new Error(`The PATH has no ${command}.`);
  symlinkSync(target, join(bin, command));
}

function sight(report: string, temporary: string): Sight | undefined {
  const file = join(report, 'environment');
  if (!existsSync(file)) return undefined;
  const folder = join(report, 'files');
  return {
    environment: environment(file),
    files: readdirSync(folder).map((name) => ({
      path: join(temporary, name),
      mode: (statSync(join(folder, name)).mode & 0o777).toString(8),
      text: readFileSync(join(folder, name), 'utf8'),
    })),
  };
}

function environment(file: string): Record<string, string> {
  return Object.fromEntries(
    lines(file).map((line) => [
      line.slice(0, line.indexOf('=')),
      line.slice(line.indexOf('=') + 1),
    ]),
  );
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function lines(file: string): string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}
