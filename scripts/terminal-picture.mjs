/**
 * Prints an SVG of a terminal in which the built program ran: what it printed, with its colors. Needs tmux.
 *
 *     npm run build && node scripts/terminal-picture.mjs > docs/terminal.svg
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** What is typed, one after the other; `tput` and the like would make the picture depend on the machine. */
const COMMANDS = [
  'create-gitlab-aws-oidc my-oidc --yes --project mygroup/myproject=20 --s3-read my-bucket --account-id 123456789012',
  'create-gitlab-aws-oidc explain my-oidc --project mygroup/myproject --tag v1 --protected',
];
const PROMPT = '$ ';
const COLUMNS = 118;
const ROWS = 60;

/** Of a character, in the units of the picture. */
const WIDTH = 7.3;
const HEIGHT = 17;
const MARGIN = 16;

/** What a terminal is sent to change the style. */
const STYLE = new RegExp(`${String.fromCodePoint(0x1b)}\\[([\\d;]*)m`);
const COLORS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341' };

/** Runs the commands in a terminal. @returns its lines, with the escape sequences of their colors */
async function recorded() {
  const folder = mkdtempSync(join(tmpdir(), 'terminal-picture-'));
  const socket = `terminal-picture-${process.pid}`;
  const tmux = (...args) => execFileSync('tmux', ['-L', socket, ...args], { encoding: 'utf8' });
  try {
    const program = join(folder, 'create-gitlab-aws-oidc');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
    chmodSync(program, 0o755);
    const path = [folder, process.env.PATH].join(delimiter);
    const environment = [
      'env',
      '-i',
      `PATH=${path}`,
      `PS1=${PROMPT}`,
      'TERM=screen',
      'LC_ALL=C.UTF-8',
    ];
    const size = ['-x', String(COLUMNS), '-y', String(ROWS)];
    tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', folder, ...environment, 'sh');
    const screen = () => tmux('capture-pane', '-e', '-p').trimEnd().split('\n');
    const atPrompt = async () => {
      for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50)) {
        const last = screen().at(-1) ?? '';
        if (last.trimEnd() === PROMPT.trimEnd()) return;
      }
      throw new Error(`the prompt did not come back:\n${screen().join('\n')}`);
    };
    await atPrompt();
    for (const command of COMMANDS) {
      tmux('send-keys', '-l', command);
      tmux('send-keys', 'Enter');
      await sleep(300);
      await atPrompt();
    }
    return screen().slice(0, -1);
  } finally {
    tmux('kill-server');
    rmSync(folder, { recursive: true });
  }
}

/** A line as `tspan`s, one for each run of characters in one style. */
function spans(line) {
  let style = { bold: false, fill: undefined };
  return line
    .split(STYLE)
    .map((part, i) => {
      if (i % 2 === 0) return part === '' ? '' : span(part, style);
      for (const code of part.split(';').map(Number)) style = after(style, code);
      return '';
    })
    .join('');
}

/** @see https://ecma-international.org/publications-and-standards/standards/ecma-48/ */
function after(style, code) {
  if (code === 0) return { bold: false, fill: undefined };
  if (code === 1) return { ...style, bold: true };
  if (code === 22) return { ...style, bold: false };
  return { ...style, fill: COLORS[code] };
}

function span(text, { bold, fill }) {
  const attributes = [...(bold ? ['font-weight="bold"'] : []), ...(fill ? [`fill="${fill}"`] : [])];
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return attributes.length === 0 ? escaped : `<tspan ${attributes.join(' ')}>${escaped}</tspan>`;
}

function svg(lines) {
  const width = Math.ceil(COLUMNS * WIDTH + 2 * MARGIN);
  const height = lines.length * HEIGHT + 2 * MARGIN;
  const texts = lines
    .map((line, i) => [spans(line.trimEnd()), MARGIN + HEIGHT * (i + 0.75)])
    .filter(([text]) => text !== '')
    .map(([text, y]) => `<text x="${MARGIN}" y="${y}" xml:space="preserve">${text}</text>\n`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>A repository generated without questions, then a question about a tag</title>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12" fill="#e6edf3">
${texts.join('')}</g>
</svg>
`;
}

process.stdout.write(svg(await recorded()));
