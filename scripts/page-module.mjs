import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const STYLE = /<link rel="stylesheet" href="([^"]+)" \/>/;
const SCRIPT = /<script src="([^"]+)"><\/script>/;

/**
 * Makes one text of a page, its style sheet and its script: what the page names is put inside, and `{{policy}}` becomes a
 * Content Security Policy that allows these two texts alone, by their hashes. Its data is put in at `{{data}}` when it runs.
 *
 * @param {string} path the page's file
 * @returns {Promise<string>} a module whose default export has what is before and after the data
 */
export async function pageModule(path) {
  const source = await readFile(path, 'utf8');
  const near = (name) => join(dirname(path), name);
  const style = shortStyle(await readFile(near(nameIn(source, STYLE)), 'utf8'));
  const script = await shortScript(near(nameIn(source, SCRIPT)));
  for (const text of [style, script])
    if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`${path}: a text inside ends early`);
  const policy = [
    `default-src 'none'`,
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  const page = source
    .replace('{{policy}}', () => policy)
    .replace(STYLE, () => `<style>${style}</style>`)
    .replace(SCRIPT, () => `<script>${script}</script>`);
  const [before, after, ...more] = page.split('{{data}}');
  if (after === undefined || more.length > 0) throw new Error(`${path} needs one {{data}}`);
  return `export default ${JSON.stringify({ before, after })};\n`;
}

function nameIn(source, pattern) {
  const [, name] = pattern.exec(source) ?? [];
  if (name === undefined) throw new Error(`a page needs ${pattern.source}`);
  return name;
}

function shortStyle(text) {
  return text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replaceAll(';}', '}')
    .trim();
}

async function shortScript(input) {
  const build = await rolldown({ input, platform: 'browser', transform: { target: 'es2022' } });
  const { output } = await build.generate({ format: 'iife', minify: true, comments: false });
  await build.close();
  const [{ code }, ...more] = output;
  if (more.length > 0) throw new Error(`${input} is more than one script`);
  return code.trim();
}

/** @see https://www.w3.org/TR/CSP3/#external-hash */
function hashOf(text) {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
