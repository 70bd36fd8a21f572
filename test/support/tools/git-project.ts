import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CONFIG = ['user.name=Test', 'user.email=test@example.com', 'commit.gpgSign=false'].flatMap(
  (setting) => ['-c', setting],
);

/** Makes a folder what GitLab would run a pipeline for: a repository with a remote and a commit. */
export function commitProject(folder: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', [...CONFIG, ...args], {
      cwd: folder,
    });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'git@gitlab.com:mygroup/myproject.git');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'The project');
}

export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** Writes the files and commits them. */
export function writeProject(folder: string, files: Readonly<Record<string, string>>): void {
  writeFiles(folder, new Map(Object.entries(files)));
  commitProject(folder);
}
