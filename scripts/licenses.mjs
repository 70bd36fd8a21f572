import { readFile, readdir } from 'node:fs/promises';

const ALLOWED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];

/**
 * The license texts of every package that a bundle holds.
 *
 * @param {string[]} modules the files of the bundle
 */
export async function licenses(modules) {
  const folders = new Set(
    modules.flatMap((path) => path.match(/^\/.*\/node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []),
  );
  const packages = await Promise.all([...folders].sort().map(read));
  const byText = new Map();
  for (const one of packages) {
    const { text, notice } = withoutNotice(textOf(one, packages));
    byText.set(text, [...(byText.get(text) ?? []), `${one.name} (${one.license})${notice}`]);
  }
  const broken = breakLinesAlike();
  const texts = [...byText].map(
    ([text, names]) => `${[...new Set(names)].join('\n')}\n\n${broken(text)}\n`,
  );
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** Breaks the lines of a paragraph where a text before broke them: many licenses have the same ones, which are packed once then. */
function breakLinesAlike() {
  const known = new Map();
  return (text) =>
    text
      .split(/\n\s*\n/)
      .map((paragraph) => {
        const words = paragraph.split(/\s+/).join(' ').trim();
        if (!known.has(words)) known.set(words, paragraph);
        return known.get(words);
      })
      .join('\n\n');
}

/**
 * The text of the Apache License without the one line in which copies of it differ, and with the one kind of brackets in its
 * appendix; the line is put beside the package.
 */
function withoutNotice(text) {
  const [notice = ''] = /^ *Copyright [\d-]+ Amazon\.com, Inc\..*$/m.exec(text) ?? [];
  return notice === ''
    ? { text, notice }
    : {
        text: text
          .replace(notice, '   (Copyright: see above)')
          .replace('brackets "{}"', 'brackets "[]"'),
        notice: ` - ${notice.trim()}`,
      };
}

/** A package that was published without the text has that of another of the same repository. */
function textOf({ name, version, license, repository, text }, packages) {
  const same = packages.find(
    (one) => one.text && one.license === license && one.repository === repository,
  );
  const found = text ?? same?.text;
  if (found === undefined) throw new Error(`${name}@${version} has no license file`);
  return found;
}

async function read(folder) {
  const { name, version, license, repository } = JSON.parse(
    await readFile(`${folder}/package.json`, 'utf8'),
  );
  if (!ALLOWED.includes(license))
    throw new Error(`${name}@${version} is under ${license}, which may not ship`);
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const text = file && (await readFile(`${folder}/${file}`, 'utf8')).trim();
  return { name, version, license, repository: repository?.url, text };
}
