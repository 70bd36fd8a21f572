import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { privateCas } from '../../src/network/private-cas.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const pem = (name: string) => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`;

test('CAs come from NODE_EXTRA_CA_CERTS and from the file that was named', async () => {
  const [extra, named] = ['extra', 'named'].map((name) => {
    const file = join(scratch(), `${name}.pem`);
    writeFileSync(file, pem(name));
    return file;
  });
  expect(await privateCas({ NODE_EXTRA_CA_CERTS: extra }, named)).toEqual([
    pem('extra'),
    pem('named'),
  ]);
});

test('Node goes on without the file of NODE_EXTRA_CA_CERTS, and so does this', async () => {
  expect(await privateCas({ NODE_EXTRA_CA_CERTS: '/not/there' }, undefined)).toEqual([]);
});

test('a named file that cannot be read is an error', async () => {
  await expect(privateCas({}, '/not/there')).rejects.toThrow('ENOENT');
});
