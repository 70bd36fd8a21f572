import { commandTool, type Tool } from './required-tools.ts';

/** A shell that a job's image may have. */
export interface JobShell {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly needs: readonly Tool[];
  /** Whose `mktemp`, `cut` and the rest the job finds. */
  readonly commands: 'system' | 'busybox';
}

export const shells: readonly JobShell[] = [
  {
    name: 'bash',
    file: 'bash',
    args: [],
    needs: [commandTool('bash', 'apt-get install bash')],
    commands: 'system',
  },
  {
    name: 'sh (dash)',
    file: 'dash',
    args: [],
    needs: [commandTool('dash', 'apt-get install dash')],
    commands: 'system',
  },
  {
    name: 'busybox sh',
    file: 'busybox',
    args: ['sh'],
    needs: [commandTool('busybox', 'apt-get install busybox')],
    commands: 'busybox',
  },
];
