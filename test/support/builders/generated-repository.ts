import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenFolder } from './goldens.ts';
import { commitProject } from '../tools/git-project.ts';
import { run, type Run } from '../tools/program.ts';

/** A copy of a golden, as somebody has it who generated it and committed it to git. */
export class GeneratedRepository {
  constructor(readonly folder: string) {}

  static of(golden: string, folder: string, { git = false } = {}): GeneratedRepository {
    cpSync(goldenFolder(golden), folder, { recursive: true });
    if (git) commitProject(folder);
    return new GeneratedRepository(folder);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** Replaces a text that must be there. */
  edit(path: string, from: string, to: string): void {
    const before = this.read(path);
    if (!before.includes(from)) throw new Error(`${path} has no ${from}`);
    this.write(
      path,
      before.replace(from, () => to),
    );
  }

  update(...args: readonly string[]): Promise<Run> {
    return run(['update', ...args], this.folder);
  }
}
