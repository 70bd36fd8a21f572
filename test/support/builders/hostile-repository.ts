import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { acquire } from '../../../src/workspace/transaction/lock.ts';
import { run, type Run } from '../tools/program.ts';
import { GeneratedRepository } from './generated-repository.ts';
import { filesIn } from './goldens.ts';

/** What the environment of the person holds, and no other program may see. */
export const SECRETS = {
  GITLAB_TOKEN: 'glpat-canary-token',
  AWS_SECRET_ACCESS_KEY: 'canary-secret-access-key',
} as const;

/**
 * A generated repository from elsewhere, with answers that say something new and an edit by hand. Beside it are what may
 * not change, and a program that may not run.
 */
export class HostileRepository {
  readonly folder: string;
  readonly repository: GeneratedRepository;
  /** Holds what a person has outside of the repository. */
  readonly outside: string;
  /** A program that writes down its environment. */
  readonly command: string;
  private readonly traces: string;
  private readonly before: ReadonlyMap<string, string>;

  constructor(scratch: string, { git = false } = {}) {
    const place = realpathSync(scratch);
    this.folder = join(place, 'repository');
    this.outside = join(place, 'outside');
    this.command = join(place, 'command.sh');
    this.traces = join(place, 'traces');
    mkdirSync(this.outside);
    writeFileSync(join(this.outside, '.bashrc'), 'export EDITOR=vi\n');
    writeFileSync(join(this.outside, 'empty'), '');
    this.before = filesIn(this.outside);
    writeFileSync(this.command, `#!/bin/sh\nenv >> '${this.traces}'\ncat\n`, { mode: 0o755 });
    this.repository = GeneratedRepository.of('quickstart', this.folder, { git });
    this.repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
    this.repository.edit('README.md', '\n', '\nEdited by hand.\n');
  }

  /** Its path without links, as the program has it. */
  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  /** Runs the program in it, with secrets in the environment. */
  run(...args: readonly string[]): Promise<Run> {
    return run(args, this.folder, undefined, SECRETS);
  }

  /** What happened that may not: a command that ran, what it saw of the environment, and files that changed outside. */
  harm(): { commandRan: boolean; secretsSeen: string[]; outside: Map<string, string> } {
    const seen = existsSync(this.traces) ? readFileSync(this.traces, 'utf8') : '';
    return {
      commandRan: seen !== '',
      secretsSeen: Object.values(SECRETS).filter((secret) => seen.includes(secret)),
      outside: filesIn(this.outside),
    };
  }

  /** What `harm` says where there was none. */
  get noHarm(): ReturnType<HostileRepository['harm']> {
    return { commandRan: false, secretsSeen: [], outside: new Map(this.before) };
  }

  /** The folder of a transaction that a killed run of this machine left, without a journal yet. */
  leftByKilledRun(): string {
    const { folder } = acquire(this.folder);
    const owner = readdirSync(folder).find((name) => name.startsWith('owner.')) ?? '';
    const ended = owner.replace(`.${process.pid}.`, `.${endedProcess()}.`);
    renameSync(join(folder, owner), join(folder, ended));
    return folder;
  }
}

/** The number of a process that has ended. */
export function endedProcess(): number {
  return Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
}
