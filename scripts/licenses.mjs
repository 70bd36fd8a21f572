import { readFile, readdir } from 'node:fs/promises';

const ALLOWED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];

/**
 * The licence texts of every package that a bundle holds.
 *
 * @param {string} root the project's folder, ending in a slash
 * @param {string[]} inputs the files of the bundle, relative to `root`
 */
export async function licenses(root, inputs) {
  const folders = new Set(
    inputs.flatMap((path) => path.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []),
  );
  const texts = await Promise.all([...folders].sort().map((folder) => license(`${root}${folder}`)));
  return [...new Set(texts)].join(`\n${'-'.repeat(80)}\n\n`);
}

async function license(folder) {
  const {
    name,
    version,
    license: id,
  } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  if (!ALLOWED.includes(id))
    throw new Error(`${name}@${version} is under ${id}, which may not ship`);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (!file) throw new Error(`${name}@${version} has no licence file`);
  return `${name} (${id})\n\n${(await readFile(`${folder}/${file}`, 'utf8')).trim()}\n`;
}
