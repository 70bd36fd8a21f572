import { createHash } from 'node:crypto';
import { pageModule } from './page-module.mjs';

export default {
  // The page's own text does not tell whether its script has changed.
  getCacheKeyAsync: async (_source, path) =>
    createHash('sha256')
      .update(await pageModule(path))
      .digest('hex'),
  processAsync: async (_source, path) => ({ code: await pageModule(path) }),
};
