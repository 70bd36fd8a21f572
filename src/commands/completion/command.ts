import { printTo } from '../../terminal/output.ts';
import { command } from '../record.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const completionCommand = command({
  name: 'completion',
  summary: 'print a completion script for bash, zsh or fish',
  about: 'Prints a script that completes commands, kinds and flags in your shell.',
  usage: ['completion bash|zsh|fish'],
  examples: [
    { line: 'eval "$(PROGRAM completion bash)"', does: 'for this shell; in ~/.bashrc, for each' },
    {
      line: 'PROGRAM completion fish > ~/.config/fish/completions/create-gitlab-aws-oidc.fish',
    },
  ],
  arguments: [{ name: 'shell', oneOf: SHELLS }],
  flags: {},
  notes: 'It completes the command create-gitlab-aws-oidc, as an installed package has it.',
  exits: { 0: 'done' },
  run: async (_, [word]) => {
    const { completionScript } = await import('./script.ts');
    const shell = SHELLS.find((one) => one === word) ?? 'bash';
    printTo('stdout', await completionScript(shell));
    return 0;
  },
});
