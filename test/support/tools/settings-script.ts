import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { renderGitlabSettings } from '../../../src/render/gitlab-settings.ts';
import type { Answers } from '../../../src/answers/schema.ts';
import { shellWord } from '../../../src/text/shell-word.ts';
import { onPath } from './required-tools.ts';
import type { JobShell } from './shells.ts';

interface ScriptRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The commands of an image that the script may use beside curl. */
const COMMANDS = ['sed', 'stty', 'tr'];

/** A generated `gitlab/settings.sh` in a folder of its own. */
export class SettingsScript {
  readonly file: string;

  constructor(
    answers: Answers,
    readonly folder: string,
    private readonly shell: JobShell,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    this.file = join(folder, 'settings.sh');
    const script = renderGitlabSettings(blueprintOf(answers)).get('gitlab/settings.sh');
    writeFileSync(this.file, script ?? 'exit 99\n');
    mkdirSync(join(folder, 'bin'), { recursive: true });
    for (const name of COMMANDS) {
      const command = shell.commands === 'busybox' ? 'busybox' : name;
      symlinkSync(onPath(command) ?? command, join(folder, 'bin', name));
    }
    // Writes down what other programs could see of the call.
    const seen = join(folder, 'seen');
    const curl = `#!/bin/sh\n{ echo "$@"; env; } >> '${seen}'\nexec '${onPath('curl') ?? 'curl'}' "$@"\n`;
    writeFileSync(join(folder, 'bin', 'curl'), curl, { mode: 0o755 });
    symlinkSync(onPath('env') ?? 'env', join(folder, 'bin', 'env'));
  }

  /** The command that runs it in a terminal, without a token in its environment. */
  get terminalCommand(): string {
    const all = Object.entries({ ...this.environment, PATH: join(this.folder, 'bin') });
    const variables = all.filter(([name]) => name !== 'GITLAB_TOKEN');
    return [
      'env -i',
      `TERM="$TERM"`,
      ...variables.map(([name, value]) => `${name}=${shellWord(value)}`),
      onPath(this.shell.file) ?? this.shell.file,
      ...this.shell.args,
      this.file,
    ].join(' ');
  }

  /** Runs it with arguments and, in place of its own, further variables. */
  async run(
    args: readonly string[] = [],
    variables: Record<string, string> = {},
  ): Promise<ScriptRun> {
    const { file, args: shellArgs } = this.shell;
    const child = spawn(onPath(file) ?? file, [...shellArgs, this.file, ...args], {
      cwd: this.folder,
      env: { PATH: join(this.folder, 'bin'), ...this.environment, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = once(child, 'close') as Promise<[number | null]>;
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      closed,
    ]);
    return { exitCode, stdout, stderr };
  }
}
